/** Text in lines of at most `width` characters, broken only at blanks: a longer word gets a line of its own. */
export function wrapWords(
	text: string,
	width: number,
	lengthOf: (text: string) => number = one => [...one].length,
): readonly string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ').filter(part => part !== '')) {
		if (line !== '' && lengthOf(line) + 1 + lengthOf(word) > width) {
			lines.push(line);
			line = word;
		} else {
			line = line === '' ? word : `${line} ${word}`;
		}
	}

	return [...lines, line];
}
