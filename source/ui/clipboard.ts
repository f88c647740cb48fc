import {Buffer} from 'node:buffer';

/** What stands between ktop and the terminal, and hands on only what it is told to. */
export type Multiplexer = 'tmux' | 'screen';

/**
 * OSC 52 (xterm ctlseqs): asks the terminal, however far away it is, to put a text on the clipboard. Within tmux and GNU
 * screen once more, wrapped for these to pass on (DCS; tmux wants each ESC doubled).
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
