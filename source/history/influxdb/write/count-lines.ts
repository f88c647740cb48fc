const BREAK = '\n'.charCodeAt(0);

/** How many lines a text in UTF-8 has, with or without a line break at its end. */
export function countLines(body: Buffer): number {
	let lines = 0;
	for (let at = 0; at < body.length; lines++) {
		at = endOfLine(body, at) + 1;
	}

	return lines;
}

/** Where the line number `line` begins, counted from 0; the length if there are fewer. */
export function startOfLine(body: Buffer, line: number): number {
	let at = 0;
	for (let passed = 0; passed < line; passed++) {
		at = Math.min(endOfLine(body, at) + 1, body.length);
	}

	return at;
}

function endOfLine(body: Buffer, from: number): number {
	const end = body.indexOf(BREAK, from);
	return end === -1 ? body.length : end;
}
