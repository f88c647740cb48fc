/** The text of a prompt; `cursor` counts code points. */
export type PromptLine = {readonly text: string; readonly cursor: number};

/** More is a paste that went astray, and each row would be compared with it. */
const MOST_CHARACTERS = 1000;

export function promptLine(text: string): PromptLine {
	return {text, cursor: [...text].length};
}

/** Edits the line by a key; undefined if the key does not edit. */
export function editLine(line: PromptLine, key: string, input: string): PromptLine | undefined {
	const characters = [...line.text];
	const {cursor} = line;
	switch (key) {
		case 'left':
			return {...line, cursor: Math.max(cursor - 1, 0)};
		case 'right':
			return {...line, cursor: Math.min(cursor + 1, characters.length)};
		case 'home':
		case 'ctrl-a':
			return {...line, cursor: 0};
		case 'end':
		case 'ctrl-e':
			return promptLine(line.text);
		case 'backspace':
			return cursor === 0 ? line : replace(characters, cursor - 1, cursor, []);
		case 'delete':
			return replace(characters, cursor, cursor + 1, []);
		case 'ctrl-u':
			return replace(characters, 0, cursor, []);
		case 'ctrl-w': {
			const before = characters.slice(0, cursor).join('');
			return replace(characters, [...before.replace(/\S*\s*$/, '')].length, cursor, []);
		}

		default:
			break;
	}

	// Ignore control characters.
	const typed = key.startsWith('ctrl-') ? [] : [...input].filter(character => /^\P{C}$/u.test(character));
	const room = Math.max(MOST_CHARACTERS - characters.length, 0);
	return typed.length === 0 ? undefined : replace(characters, cursor, cursor, typed.slice(0, room));
}

function replace(
	characters: readonly string[],
	from: number,
	to: number,
	inserted: readonly string[],
): PromptLine {
	return {
		text: [...characters.slice(0, from), ...inserted, ...characters.slice(to)].join(''),
		cursor: from + inserted.length,
	};
}
