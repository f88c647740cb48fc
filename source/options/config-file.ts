import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {columnsOf} from '../metrics/columns.ts';
import {SERIES_OF} from '../metrics/series.ts';
import type {Level} from '../metrics/view.ts';
import {FLAGS, type Flag} from './option-table.ts';

/** What a config file says: defaults of flags, by their names; several values where a flag may repeat. */
export type Config = {
	readonly path: string;
	readonly values: ReadonlyMap<string, readonly string[]>;
	/** Ids of columns by level, in their order. */
	readonly columns: ReadonlyMap<string, readonly string[]>;
	readonly problems: readonly string[];
};

type Environment = Readonly<Record<string, string | undefined>>;

const LEVELS: readonly Level[] = ['nodes', 'pods', 'containers', 'namespaces', 'tree'];

/** Series of the past are columns too, by the sign before them. */
const SERIES: Readonly<Record<Level, readonly string[]>> = {
	nodes: SERIES_OF.node,
	pods: SERIES_OF.pod,
	containers: SERIES_OF.standalone,
	namespaces: SERIES_OF.pod,
	tree: SERIES_OF.node,
};

/** Flags that ask for one thing at one time, and are no habit. */
const NO_HABITS = new Set([
	'help',
	'version',
	'json',
	'watch',
	'count',
	'sink',
	'shard',
	'listen',
	'speed',
	'record',
]);

/** `$XDG_CONFIG_HOME/ktop-tui/config.yaml`: `~/.ktop` is another tool's. */
export function configPath(environment: Environment, home: string): string {
	return join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'ktop-tui', 'config.yaml');
}

/** Reads the file if there is one. What is wrong with it is told, and the rest of it holds. */
export async function readConfig(path: string): Promise<Config> {
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		const isThere = code !== 'ENOENT' && code !== 'ENOTDIR';
		return nothing(path, isThere ? [`${path} cannot be read: ${String(code)}`] : []);
	}

	// Most start without such a file, and need no parser for it.
	const {parseConfig} = await import('./parse-config.ts');
	try {
		return decode(path, parseConfig(text));
	} catch (error) {
		const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
		return nothing(path, [`${path} is no YAML: ${line}`]);
	}
}

function nothing(path: string, problems: readonly string[]): Config {
	return {path, values: new Map(), columns: new Map(), problems};
}

function decode(path: string, document: unknown): Config {
	if (document === null || document === undefined) {
		return nothing(path, []);
	}

	if (!isFields(document)) {
		return nothing(path, [`${path}: write a line a setting, as in “theme: light”`]);
	}

	const values = new Map<string, readonly string[]>();
	const problems: string[] = [];
	let columns: Config['columns'] = new Map();
	for (const [name, value] of Object.entries(document)) {
		if (name === 'columns') {
			columns = decodeColumns(path, value, problems);
			continue;
		}

		const flag = FLAGS.find((known: Flag) => known.name === name);
		if (flag === undefined || NO_HABITS.has(name)) {
			problems.push(
				`${path}: there is no setting “${name}”; settings are named as the flags of ktop --help are`,
			);
			continue;
		}

		const read = settingOf(flag, value);
		if (read === undefined) {
			problems.push(`${path}: “${name}” must be ${'value' in flag ? 'a text or a number' : 'true or false'}`);
		} else if (read.length > 0) {
			values.set(name, read);
		}
	}

	return {path, values, columns, problems};
}

/** The values of a flag; empty for one that is switched off, undefined for what it cannot be. */
function settingOf(flag: Flag, value: unknown): readonly string[] | undefined {
	if (flag.value === undefined) {
		return typeof value === 'boolean' ? (value ? [''] : []) : undefined;
	}

	const list: readonly unknown[] = Array.isArray(value) && flag.isRepeatable === true ? value : [value];
	const texts = list.flatMap(one =>
		typeof one === 'string' || typeof one === 'number' ? [String(one)] : [],
	);
	return texts.length === list.length ? texts : undefined;
}

function decodeColumns(path: string, value: unknown, problems: string[]): Config['columns'] {
	const columns = new Map<string, readonly string[]>();
	for (const [name, ids] of Object.entries(isFields(value) ? value : {})) {
		const level = LEVELS.find(known => known === name);
		if (level === undefined || !Array.isArray(ids) || !ids.every(id => typeof id === 'string')) {
			problems.push(
				`${path}: columns of “${name}” must be a list of their names for one of ${LEVELS.join(', ')}`,
			);
			continue;
		}

		const known = [...columnsOf(level).map(({id}) => id), ...SERIES[level].map(series => `~${series}`)];
		const unknown = ids.filter(id => !known.includes(id));
		problems.push(
			...unknown.map(id => `${path}: ${level} have no column “${id}”; use some of ${known.join(', ')}`),
		);
		columns.set(
			level,
			ids.filter(id => known.includes(id)),
		);
	}

	return columns;
}

function isFields(value: unknown): value is {readonly [name: string]: unknown} {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
