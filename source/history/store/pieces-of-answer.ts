/** A long array in a JSON text without blanks, as Go writes it: what is before its first object, between two, and behind the last. */
export type LongArray = {
	readonly before: string;
	readonly between: string;
	/** The first of these that is there. */
	readonly behind: readonly string[];
};

/** So much is decoded in a millisecond or two. */
const PIECE_LENGTH = 65_536;

/**
 * Cuts a long answer into answers with some of the objects each, which are decoded one by one. An answer without the array
 * is its only piece. Quotes within texts are escaped, so that `between` stands between objects alone.
 */
export function* piecesOfAnswer(
	text: string,
	{before, between, behind}: LongArray,
	pieceLength = PIECE_LENGTH,
): Generator<string> {
	const from = text.indexOf(before) + before.length;
	const to = behind.map(each => text.lastIndexOf(each)).find(index => index !== -1) ?? -1;
	if (text.length <= pieceLength || from < before.length || to < from) {
		yield text;
		return;
	}

	const [head, tail] = [text.slice(0, from), text.slice(to)];
	for (let start = from; start < to; ) {
		const cut = text.indexOf(between, start + pieceLength);
		const end = cut === -1 || cut >= to ? to : cut + 1;
		yield head + text.slice(start, end) + tail;
		start = end + 1;
	}
}
