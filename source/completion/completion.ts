import {ERROR_CODES, ERROR_PAGES} from '../help/error-pages.ts';
import {summaryOf, TOPICS} from '../help/topics.ts';
import {columnsOf} from '../metrics/columns/columns.ts';
import type {Column} from '../metrics/model/column.ts';
import type {Row} from '../metrics/model/row.ts';
import type {PrintedLevel} from '../metrics/model/view.ts';
import {groupKeysOf} from '../metrics/view/group-roots.ts';
import {LABEL} from '../metrics/view/group-rows.ts';
import {takes} from '../options/command-flags.ts';
import {COMMAND_WORDS, commandOf, SHELLS} from '../options/command-words.ts';
import type {Flag} from '../options/flag.ts';
import {levelOf} from '../options/levels.ts';
import {FLAGS} from '../options/option-table.ts';

/** A candidate for the word at the cursor. Shells add no blank after one that ends with `:`. */
export type Candidate = {readonly word: string; readonly description: string};

/** Kinds of names that are read from a kubeconfig or a cluster. */
export type NameKind = 'contexts' | 'clusters' | 'users' | 'namespaces' | 'nodes';

/** The candidates for the word at the cursor. */
export type Completion =
	| {readonly kind: 'words'; readonly candidates: readonly Candidate[]}
	/** `prefix` is put before each name, as in `--context=`. */
	| {readonly kind: 'names'; readonly of: NameKind; readonly prefix: string}
	| {readonly kind: 'files'}
	| {readonly kind: 'nothing'};

/** Flags whose values are names. */
const NAMES: Readonly<Record<string, NameKind>> = {
	context: 'contexts',
	cluster: 'clusters',
	user: 'users',
	namespace: 'namespaces',
	node: 'nodes',
};

/** Prefixes of URIs, by flag. */
const URIS: Readonly<Record<string, readonly Candidate[]>> = {
	source: [
		{word: 'kubernetes', description: 'the cluster that kubectl would use'},
		{word: 'kubelet:', description: 'a kubelet'},
		{word: 'cadvisor:', description: 'cAdvisor'},
		{word: 'local', description: 'this machine'},
		{word: 'history', description: 'the store of --history alone'},
		{word: 'demo', description: 'a simulated cluster'},
	],
	history: [
		{word: 'influxdb:http://', description: 'InfluxDB'},
		{word: 'prometheus:http://', description: 'Prometheus'},
	],
	sink: [
		{word: 'influxdb:http://', description: 'InfluxDB'},
		{word: 'file:', description: 'a recording'},
	],
};

/** The completion of the last of `words`, the words after `ktop`. */
export function completionOf(words: readonly string[]): Completion {
	const current = words.at(-1) ?? '';
	const before = words.slice(0, -1);
	if (before.includes('--')) {
		return {kind: 'nothing'};
	}

	const awaiting = before.at(-1) === undefined ? undefined : flagAwaitingValue(before.at(-1) ?? '');
	if (awaiting !== undefined) {
		return valuesOf(awaiting, before, {prefix: '', value: current});
	}

	const joined = /^--([a-z-]+)=/.exec(current);
	if (joined !== null) {
		const flag = FLAGS.find(({name, value}) => name === joined[1] && value !== undefined);
		const [prefix] = joined;
		return flag === undefined
			? {kind: 'nothing'}
			: valuesOf(flag, before, {prefix, value: current.slice(prefix.length)});
	}

	return current.startsWith('-') ? flagsAfter(before) : positionalAfter(before);
}

/** The flag whose value is the next word; undefined if the word is no such flag. */
function flagAwaitingValue(word: string): Flag | undefined {
	return FLAGS.find(
		({name, short, value}) => value !== undefined && (word === `--${name}` || word === `-${short}`),
	);
}

/** Splits the word at the cursor into the prefix (`--context=`) and the value so far. */
type Written = {readonly prefix: string; readonly value: string};

function valuesOf(flag: Flag, before: readonly string[], {prefix, value: written}: Written): Completion {
	const {name, value, choices} = flag;
	const names = NAMES[name];
	if (names !== undefined) {
		// `-n a,b` is several namespaces, `--context a,b` several contexts.
		const isList = names === 'namespaces' || names === 'contexts';
		const listed = isList ? written.slice(0, written.lastIndexOf(',') + 1) : '';
		return {kind: 'names', of: names, prefix: prefix + listed};
	}

	if (name === 'sort') {
		return prefixed(columnCandidates(levelAfter(before)), prefix);
	}

	if (name === 'group') {
		const level = levelAfter(before);
		const keys = level === 'nodes' || level === 'pods' ? groupKeysOf(level) : [];
		return prefixed(
			[...keys, LABEL].map(word => ({word, description: ''})),
			prefix,
		);
	}

	if (choices !== undefined) {
		return prefixed(
			choices.map(word => ({word, description: ''})),
			prefix,
		);
	}

	return URIS[name] !== undefined
		? prefixed(URIS[name], prefix)
		: value === 'FILE'
			? {kind: 'files'}
			: {kind: 'nothing'};
}

function columnCandidates(level: PrintedLevel): readonly Candidate[] {
	const columns: ReadonlyArray<Column<Row>> = columnsOf(level);
	return columns.map(({id, explanation}) => ({word: id, description: explanation}));
}

function prefixed(candidates: readonly Candidate[], prefix: string): Completion {
	return {
		kind: 'words',
		candidates: candidates.map(({word, description}) => ({word: prefix + word, description})),
	};
}

/** The flags of the command, without those already given that cannot repeat. */
function flagsAfter(before: readonly string[]): Completion {
	const [command = ''] = positionalsOf(before);
	const isThere = ({name, short}: Flag): boolean =>
		before.some(word => word === `-${short}` || word === `--${name}` || word.startsWith(`--${name}=`));
	return {
		kind: 'words',
		candidates: FLAGS.filter(
			flag => takes(commandOf(command), flag) && (flag.isRepeatable === true || !isThere(flag)),
		).map(({name, help}) => ({word: `--${name}`, description: help})),
	};
}

function positionalAfter(before: readonly string[]): Completion {
	const [command, ...rest] = positionalsOf(before);
	switch (command) {
		case undefined:
			return words(Object.entries(COMMAND_WORDS));
		case 'help':
			return rest.length > 0
				? {kind: 'nothing'}
				: words(Object.entries(TOPICS).map(([name, text]) => [name, summaryOf(text)]));
		case 'explain':
			return rest.length > 0
				? {kind: 'nothing'}
				: words(ERROR_CODES.map(code => [code, ERROR_PAGES[code].title]));
		case 'completion':
			return rest.length > 0 ? {kind: 'nothing'} : words(SHELLS.map(shell => [shell, '']));
		case 'replay':
			return rest.length === 0 ? {kind: 'files'} : words(LEVEL_WORDS);
		default:
			return {kind: 'nothing'};
	}
}

const LEVEL_WORDS = Object.entries(COMMAND_WORDS).filter(([word]) => levelOf(word) !== undefined);

function words(all: ReadonlyArray<readonly [word: string, description: string]>): Completion {
	return {kind: 'words', candidates: all.map(([word, description]) => ({word, description}))};
}

function levelAfter(before: readonly string[]): PrintedLevel {
	const positionals = positionalsOf(before);
	return positionals.map(levelOf).find(level => level !== undefined) ?? 'nodes';
}

/** The words that are neither flags nor values of flags. */
function positionalsOf(words: readonly string[]): readonly string[] {
	return words.filter(
		(word, index) => !word.startsWith('-') && flagAwaitingValue(words[index - 1] ?? '') === undefined,
	);
}
