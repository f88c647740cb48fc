import {createReadStream} from 'node:fs';
import {join} from 'node:path';
import {columnsOf} from '../metrics/columns/columns.ts';
import {currentId} from '../metrics/columns/former-ids.ts';
import {TABLES} from '../metrics/model/levels.ts';
import {SERIES_OF} from '../metrics/model/series.ts';
import {systemErrorCode, systemErrorWords} from '../metrics/model/system-error.ts';
import type {Level} from '../metrics/model/view.ts';
import {nearest} from '../metrics/view/did-you-mean.ts';
import type {Flag} from './flag.ts';
import {FLAGS} from './option-table.ts';
import type {Entry} from './parse-config.ts';

/** A flag's default from the config file. */
export type Setting = {
	/** The values as on the command line; empty for a switch that is off. */
	readonly texts: readonly string[];
	/** `FILE:LINE: NAME`, for messages. */
	readonly named: string;
};

/** The decoded config file. */
export type Config = {
	/** Keyed by flag name. */
	readonly settings: ReadonlyMap<string, Setting>;
	/** Column ids per level, in display order. */
	readonly columns: ReadonlyMap<string, readonly string[]>;
	/** One message for each error, with file and line. */
	readonly problems: readonly string[];
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Series that are available as sparkline columns; their column id is `~` and the name of the series. */
const SERIES: Readonly<Record<Level, readonly string[]>> = {
	nodes: SERIES_OF.node,
	pods: SERIES_OF.pod,
	containers: SERIES_OF.standalone,
	namespaces: SERIES_OF.pod,
	workloads: SERIES_OF.pod,
	tree: SERIES_OF.node,
	processes: [],
	problems: [],
};

/** `$XDG_CONFIG_HOME/ktop-tui/config.yaml`. Not `~/.ktop`, which another tool named ktop uses. */
export function configPath(environment: Environment, home: string): string {
	return join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'ktop-tui', 'config.yaml');
}

/** A hundred times what all settings take. */
const MOST_BYTES = 256 * 1024;

/** Reads and decodes the file; a missing one is an empty config. Invalid entries become problems. */
export async function readConfig(path: string): Promise<Config> {
	const nothing = (...problems: readonly string[]): Config => ({
		settings: new Map(),
		columns: new Map(),
		problems,
	});
	let text = '';
	try {
		for await (const chunk of createReadStream(path, {encoding: 'utf8', end: MOST_BYTES})) {
			text += chunk;
		}
	} catch (error) {
		const code = systemErrorCode(error);
		return code === 'ENOENT' || code === 'ENOTDIR'
			? nothing()
			: nothing(`${path} cannot be read: ${systemErrorWords(error)}`);
	}

	if (Buffer.byteLength(text) > MOST_BYTES) {
		return nothing(`${path} is larger than ${MOST_BYTES / 1024} KiB: it is no config file of ktop`);
	}

	// Loaded on demand: most runs have no config file and need no YAML parser.
	const {parseConfig} = await import('./parse-config.ts');
	const parsed = parseConfig(text);
	switch (parsed.kind) {
		case 'entries':
			return decode(path, parsed.entries);
		case 'too-large':
			return nothing(`${path} is too large, ${parsed.problem}: it is no config file of ktop`);
		case 'not-a-map':
			return nothing(`${path}:${parsed.line}: must be a list of settings, such as “theme: light”`);
		case 'invalid-yaml':
			return nothing(`${path}:${parsed.line ?? 1}: invalid YAML: ${parsed.message}`);
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
			problems.push(`${path}:${line}: unknown setting “${name}”; ${suggestion(name)}`);
			continue;
		}

		const texts = textsOf(flag, value);
		if (texts === undefined) {
			problems.push(
				`${named}: must be ${flag.value === undefined ? 'true or false' : 'a string or a number'}`,
			);
		} else {
			settings.set(name, {texts, named});
		}
	}

	return {settings, columns, problems};
}

/** Flags with a default in the config file: all but those that only make sense for one run. */
const SETTINGS = FLAGS.filter(({isCommandLineOnly}) => isCommandLineOnly !== true);

function suggestion(name: string): string {
	const meant = nearest(name, ['columns', ...SETTINGS.map(flag => flag.name)]);
	return meant === undefined
		? 'settings have the names of the flags in ktop --help'
		: `did you mean “${meant}”?`;
}

/** The values of a setting; empty for a switch that is off, undefined if the type is wrong. */
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
			`${path}:${line}: columns: must be a map from ${TABLES.join(', ')} to column names, such as “pods: [name, cpu]”`,
		);
	}

	for (const {name, line: at, value} of entries ?? []) {
		const level = TABLES.find(known => known === name);
		if (level === undefined || !Array.isArray(value) || !value.every(id => typeof id === 'string')) {
			problems.push(
				`${path}:${at}: columns of “${name}”: must be a list of column names, for one of ${TABLES.join(', ')}`,
			);
			continue;
		}

		const known = [...columnsOf(level).map(({id}) => id), ...SERIES[level].map(series => `~${series}`)];
		const ids = value.map(currentId);
		const unknown = ids.filter(id => !known.includes(id));
		problems.push(
			...unknown.map(id => `${path}:${at}: unknown column “${id}” of ${level}; use ${known.join(', ')}`),
		);
		columns.set(
			level,
			ids.filter(id => known.includes(id)),
		);
	}
}
