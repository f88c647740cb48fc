import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {columnsOf} from '../metrics/columns/columns.ts';
import {SERIES_OF} from '../metrics/model/series.ts';
import type {Level} from '../metrics/model/view.ts';
import {nearest} from '../metrics/view/did-you-mean.ts';
import type {Flag} from './flag.ts';
import {LEVELS} from './levels.ts';
import {FLAGS} from './option-table.ts';
import type {Entry} from './parse-config.ts';

/** A flag's default. */
export type Setting = {
	/** As on the command line; none for a switch that is off. */
	readonly texts: readonly string[];
	/** File, line and name, for messages. */
	readonly named: string;
};

/** What a config file says. */
export type Config = {
	/** By the names of their flags. */
	readonly settings: ReadonlyMap<string, Setting>;
	/** Ids of columns by level, in their order. */
	readonly columns: ReadonlyMap<string, readonly string[]>;
	/** What is wrong with it, each with the file and its line. */
	readonly problems: readonly string[];
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Series of the past are columns too, by the sign before them. */
const SERIES: Readonly<Record<Level, readonly string[]>> = {
	nodes: SERIES_OF.node,
	pods: SERIES_OF.pod,
	containers: SERIES_OF.standalone,
	namespaces: SERIES_OF.pod,
	tree: SERIES_OF.node,
};

/** `$XDG_CONFIG_HOME/ktop-tui/config.yaml`: `~/.ktop` is another tool's. */
export function configPath(environment: Environment, home: string): string {
	return join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'ktop-tui', 'config.yaml');
}

/** Reads the file if there is one. What is wrong with it is noted, and the rest of it holds. */
export async function readConfig(path: string): Promise<Config> {
	const nothing = (...problems: readonly string[]): Config => ({
		settings: new Map(),
		columns: new Map(),
		problems,
	});
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		return code === 'ENOENT' || code === 'ENOTDIR'
			? nothing()
			: nothing(`${path} cannot be read: ${String(code)}`);
	}

	// Most start without such a file, and need no parser for it.
	const {parseConfig} = await import('./parse-config.ts');
	const parsed = parseConfig(text);
	switch (parsed.kind) {
		case 'entries':
			return decode(path, parsed.entries);
		case 'no-map':
			return nothing(`${path}:${parsed.line}: write a line a setting, as in “theme: light”`);
		case 'no-yaml':
			return nothing(`${path}:${parsed.line ?? 1}: this is no YAML: ${parsed.message}`);
	}
}

function decode(path: string, entries: readonly Entry[]): Config {
	const settings = new Map<string, Setting>();
	const columns = new Map<string, readonly string[]>();
	const problems: string[] = [];
	for (const entry of entries) {
		const {name, line, value} = entry;
		const named = `${path}:${line}: ${name}`;
		if (name === 'columns') {
			decodeColumns(path, entry, columns, problems);
			continue;
		}

		const flag = SETTINGS.find(known => known.name === name);
		if (flag === undefined) {
			problems.push(`${path}:${line}: there is no setting “${name}”; ${instead(name)}`);
			continue;
		}

		const texts = textsOf(flag, value);
		if (texts === undefined) {
			problems.push(
				`${named}: it must be ${flag.value === undefined ? 'true or false' : 'a text or a number'}`,
			);
		} else {
			settings.set(name, {texts, named});
		}
	}

	return {settings, columns, problems};
}

/** Flags that ask for one thing at one time are none. */
const SETTINGS = FLAGS.filter(({isNoSetting}) => isNoSetting !== true);

function instead(name: string): string {
	const meant = nearest(name, ['columns', ...SETTINGS.map(flag => flag.name)]);
	return meant === undefined
		? 'settings are named as the flags of ktop --help are'
		: `did you mean “${meant}”?`;
}

/** The values of a flag; empty for one that is switched off, undefined for what it cannot be. */
function textsOf(flag: Flag, value: unknown): readonly string[] | undefined {
	if (flag.value === undefined) {
		return typeof value === 'boolean' ? (value ? [''] : []) : undefined;
	}

	const list: readonly unknown[] = Array.isArray(value) && flag.isRepeatable === true ? value : [value];
	const texts = list.flatMap(one =>
		typeof one === 'string' || typeof one === 'number' ? [String(one)] : [],
	);
	return texts.length === list.length && texts.every(text => text !== '') ? texts : undefined;
}

function decodeColumns(
	path: string,
	{line, entries}: Entry,
	columns: Map<string, readonly string[]>,
	problems: string[],
): void {
	if (entries === undefined) {
		problems.push(
			`${path}:${line}: columns: write a line for each of ${LEVELS.join(', ')}, as in “pods: [name, cpu]”`,
		);
	}

	for (const {name, line: at, value} of entries ?? []) {
		const level = LEVELS.find(known => known === name);
		if (level === undefined || !Array.isArray(value) || !value.every(id => typeof id === 'string')) {
			problems.push(
				`${path}:${at}: columns of “${name}” must be a list of their names for one of ${LEVELS.join(', ')}`,
			);
			continue;
		}

		const known = [...columnsOf(level).map(({id}) => id), ...SERIES[level].map(series => `~${series}`)];
		const unknown = value.filter(id => !known.includes(id));
		problems.push(
			...unknown.map(id => `${path}:${at}: ${level} have no column “${id}”; use some of ${known.join(', ')}`),
		);
		columns.set(
			level,
			value.filter(id => known.includes(id)),
		);
	}
}
