import {isMap, isNode, isScalar, type YAMLMap} from 'yaml';
import {parseBounded} from '../yaml/parse-bounded.ts';

/** One `name: value` of a YAML map, with the line of its name. */
export type Entry = {
	readonly name: string;
	readonly line: number;
	readonly value: unknown;
	/** The entries of the value if it is a map. */
	readonly entries: readonly Entry[] | undefined;
};

export type ParsedConfig =
	| {readonly kind: 'entries'; readonly entries: readonly Entry[]}
	| {readonly kind: 'not-a-map'; readonly line: number}
	| {readonly kind: 'too-large'; readonly problem: string}
	| {readonly kind: 'invalid-yaml'; readonly line: number | undefined; readonly message: string};

/** Parses a YAML map into entries, in order. A separate module, to load the YAML parser only on demand. */
export function parseConfig(text: string): ParsedConfig {
	const parsed = parseBounded(text, {merge: true, logLevel: 'error'});
	if (parsed.kind === 'too-large') {
		return parsed;
	}

	const [document, second] = parsed.documents;
	if (document === undefined) {
		return {kind: 'entries', entries: []};
	}

	const [error] = document.errors;
	if (error !== undefined) {
		return {kind: 'invalid-yaml', line: parsed.lineAt(error.pos[0]), message: error.message};
	}

	if (second !== undefined) {
		return {
			kind: 'invalid-yaml',
			line: parsed.lineAt(second.range[0]),
			message: 'a second document begins here',
		};
	}

	const lineAt = (node: {readonly range?: readonly number[] | null | undefined}): number =>
		parsed.lineAt(node.range?.[0] ?? 0);
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

	if (!isMap(contents)) {
		return {kind: 'not-a-map', line: lineAt(contents)};
	}

	try {
		return {kind: 'entries', entries: entriesOf(contents)};
	} catch (error) {
		if (!(error instanceof ReferenceError)) {
			throw error;
		}

		// `toJS` throws where an alias has no anchor, or where aliases multiply.
		return {kind: 'invalid-yaml', line: undefined, message: 'too many aliases, or one without an anchor'};
	}
}
