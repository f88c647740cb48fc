import {Buffer} from 'node:buffer';

/** Programs between ktop and the terminal that only pass on sequences wrapped for them. */
export type Multiplexer = 'tmux' | 'screen';

/**
 * OSC 52 (xterm ctlseqs), with which a terminal copies a text to its clipboard, also over SSH. For tmux and GNU screen the
 * sequence is wrapped in DCS, in which tmux requires each ESC twice.
 */
export function clipboardSequence(text: string, multiplexer: Multiplexer | undefined): string {
	const sequence = `\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`;
	switch (multiplexer) {
		case 'tmux':
			return `${sequence}\u001BPtmux;${sequence.replaceAll('\u001B', '\u001B\u001B')}\u001B\\`;
		case 'screen':
			return `\u001BP${sequence}\u001B\\`;
		case undefined:
			return sequence;
	}
}
