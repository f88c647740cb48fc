import {Buffer} from 'node:buffer';

/** OSC 52 (xterm ctlseqs): asks the terminal, however far away it is, to put a text on the clipboard. */
export function clipboardSequence(text: string): string {
	return `\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`;
}
