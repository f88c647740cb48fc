import {isMap, isNode, isScalar, LineCounter, parseDocument, type YAMLMap} from 'yaml';

/** One `name: value` of a YAML map, with the line of its name. */
export type Entry = {
	readonly name: string;
	readonly line: number;
	readonly value: unknown;
	/** The entries of a value that is a map itself. */
	readonly entries: readonly Entry[] | undefined;
};

export type ParsedConfig =
	| {readonly kind: 'entries'; readonly entries: readonly Entry[]}
	| {readonly kind: 'no-map'; readonly line: number}
	| {readonly kind: 'no-yaml'; readonly line: number | undefined; readonly message: string};

/** What a YAML text says, in its order. A module of its own, since most start without a config file. */
export function parseConfig(text: string): ParsedConfig {
	const lines = new LineCounter();
	const document = parseDocument(text, {lineCounter: lines, merge: true});
	const [error] = document.errors;
	if (error !== undefined) {
		const [message = ''] = error.message.split(/ at line \d+|\n/);
		return {kind: 'no-yaml', line: error.linePos?.[0].line, message};
	}

	const lineAt = (node: {readonly range?: readonly number[] | null | undefined}): number =>
		lines.linePos(node.range?.[0] ?? 0).line;
	const entriesOf = (map: YAMLMap): readonly Entry[] =>
		map.items.map(({key, value}) => ({
			name: isScalar(key) ? String(key.value) : String(key),
			line: isScalar(key) ? lineAt(key) : 1,
			value: isNode(value) ? value.toJS(document) : value,
			entries: isMap(value) ? entriesOf(value) : undefined,
		}));
	const {contents} = document;
	if (contents === null || (isScalar(contents) && contents.value === null)) {
		return {kind: 'entries', entries: []};
	}

	return isMap(contents)
		? {kind: 'entries', entries: entriesOf(contents)}
		: {kind: 'no-map', line: lineAt(contents)};
}
