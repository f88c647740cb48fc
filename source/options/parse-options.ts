import {PRINTED_LEVELS} from '../metrics/model/levels.ts';
import {printable} from '../metrics/model/printable.ts';
import type {PrintedLevel} from '../metrics/model/view.ts';
import {nearest} from '../metrics/view/did-you-mean.ts';
import {takes} from './command-flags.ts';
import {COMMAND_WORDS, COMMANDS, type CommandName, commandOf, SHELLS} from './command-words.ts';
import type {Config} from './config-file.ts';
import {type Context, type Environment, type Flag, FlagProblem, type OptionFlag} from './flag.ts';
import {invocationOf} from './invocation.ts';
import {levelOf} from './levels.ts';
import {FLAGS, OPTION_ROWS, type Rows} from './option-table.ts';
import {type Call, GROUPS_OF, type Options, type OptionsOf, type ParsedCommandLine} from './options.ts';
import {type RawFlags, readFlags} from './read-flags.ts';

/** Parses the command line, the config file and the environment. Reports all problems at once, one line each. */
export function parseOptions(
	argv: readonly string[],
	environment: Environment,
	config?: Config,
): ParsedCommandLine {
	const flags = readFlags(argv, config?.settings ?? new Map());
	const [word = '', ...words] = flags.positionals;
	const [file = ''] = words;
	if (flags.isSet('help')) {
		return {kind: 'help'};
	}

	if (word === 'help') {
		return {kind: 'topic', name: words[0]};
	}

	if (word === 'explain') {
		return {kind: 'explain', text: words.length === 0 ? undefined : words.join(' ')};
	}

	if (flags.isSet('version') || word === 'version') {
		return {kind: 'version'};
	}

	if (word === 'complete') {
		return {kind: 'complete', words};
	}

	const problems = [...(config?.problems ?? []), ...flags.problems];
	if (word === 'completion') {
		return parseShell(words, flags.problems);
	}

	const level = parseLevel(flags, problems);
	const context: Context = {environment, level, given: flags.given, isSet: flags.isSet};
	const read = reader(context, problems);
	const options: Options = {
		origin: read(OPTION_ROWS.origin),
		polling: read(OPTION_ROWS.polling),
		cluster: read(OPTION_ROWS.cluster),
		access: read(OPTION_ROWS.access),
		selection: {...read(OPTION_ROWS.selection), level, isLevelGiven: isLevelGiven(flags)},
		output: read(OPTION_ROWS.output),
		recording: read(OPTION_ROWS.recording),
		grant: read(OPTION_ROWS.grant),
		playback: read(OPTION_ROWS.playback),
		screen: {
			...read(OPTION_ROWS.screen),
			columns: config?.columns ?? new Map(),
			multiplexer: environment.TMUX ? 'tmux' : environment.STY ? 'screen' : undefined,
		},
		diagnostics: read(OPTION_ROWS.diagnostics),
	};
	// Values are there only if none of them has a problem.
	const beside = problems.length === 0 ? besideContexts(word, options, flags) : [];
	problems.push(...contradictions(word, flags), ...withoutCluster(word, flags), ...beside);
	return problems.length > 0
		? {kind: 'problems', problems: problems.map(printable)}
		: requestOf(commandOf(word), file, options, {
				settings: flags.settings,
				invocation: invocationOf(flags.positionals, flags.given, FLAGS),
				diagnostics: options.diagnostics,
			});
}

/** Reads a group of options. Appends errors to `problems`; the values must not be used if there are any. */
function reader(context: Context, problems: string[]): <Group>(rows: Rows<Group>) => Group {
	return <Group>(rows: Rows<Group>): Group => {
		const values: Partial<Group> = {};
		for (const key of Object.keys(rows) as Array<keyof Group>) {
			const flag: OptionFlag<Group[keyof Group]> = rows[key];
			const value = flag.read(context.given(flag.name), context);
			if (value instanceof FlagProblem) {
				problems.push(...value.texts);
			} else {
				values[key] = value;
			}
		}

		return values as Group;
	};
}

function requestOf(command: CommandName, file: string, options: Options, call: Call): ParsedCommandLine {
	switch (command) {
		case 'run':
			return {kind: command, options: groupsOf(command, options), ...call};
		case 'doctor':
			return {kind: command, options: groupsOf(command, options), ...call};
		case 'rbac':
			return {kind: command, options: groupsOf(command, options), ...call};
		case 'record':
			return {kind: command, options: groupsOf(command, options), ...call};
		case 'replay':
			return {kind: command, file, options: groupsOf(command, options), ...call};
	}
}

/** The frozen groups that the command uses. */
function groupsOf<C extends CommandName>(command: C, options: Options): OptionsOf<C> {
	const groups = GROUPS_OF[command].map(group => [group, Object.freeze(options[group])]);
	return Object.freeze(Object.fromEntries(groups)) as OptionsOf<C>;
}

function parseShell([name, ...rest]: readonly string[], problems: readonly string[]): ParsedCommandLine {
	const shell = SHELLS.find(known => known === name);
	return shell !== undefined && rest.length === 0 && problems.length === 0
		? {kind: 'completion', shell}
		: {
				kind: 'problems',
				problems: [
					...problems.map(printable),
					...(shell === undefined || rest.length > 0
						? ['completion needs the name of a shell: write ktop completion bash, zsh or fish']
						: []),
				],
			};
}

/** The level that the positional arguments name. Appends errors to `problems`. */
function parseLevel({positionals, isSet}: RawFlags, problems: string[]): PrintedLevel {
	const [word, ...rest] = positionals;
	if (word === 'record' && !isSet('sink')) {
		problems.push(
			'record needs a destination: add --sink influxdb:http://HOST:8086?db=k8s or --sink file:PATH',
		);
	}

	const isCommand = COMMANDS.some(command => command === word);
	const level =
		word === 'replay'
			? parseReplayedLevel(rest, problems)
			: word === undefined || isCommand
				? 'nodes'
				: levelOf(word);
	if (level === undefined) {
		problems.push(unknownCommand(word ?? ''));
	} else if (rest.length > 0 && word !== 'replay') {
		problems.push(`unexpected argument “${rest[0]}”: name one of ${PRINTED_LEVELS.join(', ')}`);
	}

	return level === 'pods' && isSet('containers') ? 'containers' : (level ?? 'nodes');
}

/** Whether a positional argument names a level. */
function isLevelGiven({positionals: [word, , replayed]}: RawFlags): boolean {
	return word === 'replay'
		? replayed !== undefined
		: word !== undefined && !COMMANDS.some(command => command === word);
}

/** The level after `replay FILE`, nodes by default. Appends errors to `problems`. */
function parseReplayedLevel([file, word, ...rest]: readonly string[], problems: string[]): PrintedLevel {
	if (file === undefined) {
		problems.push(
			'replay needs a file: write ktop replay FILE, with a recording of ktop record --sink file:FILE',
		);
	}

	const level = word === undefined ? 'nodes' : levelOf(word);
	const unexpected = level === undefined ? word : rest[0];
	if (unexpected !== undefined) {
		problems.push(`unexpected argument “${unexpected}” after the file`);
	}

	return level ?? 'nodes';
}

function unknownCommand(word: string): string {
	const meant = nearest(word, Object.keys(COMMAND_WORDS));
	return `unknown command “${word}”: ${
		meant === undefined
			? `use ${PRINTED_LEVELS.join(', ')}, ${COMMANDS.slice(0, -1).join(', ')} or ${COMMANDS.at(-1)}`
			: `did you mean ktop ${meant}?`
	}`;
}

/** Errors for flags that choose a cluster, or select by the inventory of its API server, when no source has one. */
function withoutCluster(word: string, {given}: RawFlags): readonly string[] {
	const isReplay = word === 'replay';
	const {texts} = given('source');
	const hasCluster =
		texts.length === 0 || !texts.every(text => /^(?:local|history|kubelet|cadvisor)\b/.test(text));
	const hasKubeconfig = texts.length === 0 || texts.some(text => /^kubernetes\b/.test(text));
	const unused = Object.values(OPTION_ROWS.cluster).flatMap(({name}) => {
		const {origin, named} = given(name);
		return origin === 'command-line' && !hasKubeconfig
			? [
					`${named} is about a cluster of the kubeconfig, which no --source is: leave out ${named} or --source`,
				]
			: [];
	});
	const unknown = ['node', 'selector'].flatMap(name => {
		const {origin, named} = given(name);
		return origin === 'command-line' && (isReplay || !hasCluster)
			? [
					`${named} needs an API server, which ${isReplay ? 'a recording does not have' : 'no --source has'}: use --filter`,
				]
			: [];
	});
	return [...unused, ...unknown];
}

function withoutEffect(command: CommandName, {name, commands}: Flag): string {
	if (command === 'rbac' && (name === 'as' || name === 'as-group')) {
		return 'has no effect on ktop rbac, which asks no cluster: write --for-user USER or --for-group GROUP to name who gets the rights';
	}

	const first = commands?.[0] ?? 'run';
	return first === 'run'
		? `has no effect on ktop ${command}: leave it out`
		: `is not a flag of this command: write ktop ${first} --${name} …`;
}

/** Errors in the combination of flags. */
function contradictions(word: string, {given, isSet}: RawFlags): readonly string[] {
	const named = (name: string): string => given(name).named;
	const command = commandOf(word);
	const problems = FLAGS.flatMap(flag => {
		const {origin, named} = given(flag.name);
		return origin !== 'command-line' || takes(command, flag)
			? []
			: [`${named} ${withoutEffect(command, flag)}`];
	});
	const [format] = given('output').texts;
	if (isSet('json') && format !== undefined && format !== 'json') {
		problems.push(`--json and ${named('output')} ${format} contradict each other: keep one`);
	}

	if (isSet('statistics') && format === 'table') {
		problems.push(
			`${named('statistics')} has no effect on ${named('output')} table, which has no columns for them: use -o csv or --json`,
		);
	}

	if (command === 'doctor' && (format === 'csv' || format === 'table')) {
		problems.push(`${named('output')} ${format} has no effect on ktop doctor: it prints text or json`);
	}

	if (isSet('token') && isSet('token-file')) {
		problems.push(`${named('token')} and ${named('token-file')} contradict each other: keep one`);
	}

	if (isSet('client-certificate') !== isSet('client-key')) {
		problems.push(`${named('client-certificate')} and ${named('client-key')} belong together: give both`);
	}

	return [...problems, ...besideHistory(word, given('source'), isSet('history'))];
}

/** Error texts if the command needs scraping, which `--source history` does not do; empty if all is well. */
function besideHistory(
	word: string,
	{texts, named}: ReturnType<RawFlags['given']>,
	hasStore: boolean,
): readonly string[] {
	const wrong = [
		...(hasStore ? [] : ['needs a store: add --history influxdb:http://HOST:8086?db=k8s']),
		...(texts.length > 1 ? ['scrapes nothing and stands alone: leave out the other sources'] : []),
		...(word === 'record' ? ['has nothing to scrape and record: name another source'] : []),
	];
	return texts.includes('history') ? wrong.map(why => `${named} history ${why}`) : [];
}

/** Flags that are of one cluster. A login must not reach another one. */
const OF_ONE_CLUSTER = [
	'cluster',
	'user',
	'server',
	'tls-server-name',
	'token',
	'token-file',
	'client-certificate',
	'client-key',
	'kubelet-server-name',
] as const;

/** Errors of what cannot be done with several contexts. */
function besideContexts(word: string, options: Options, {given, isSet}: RawFlags): readonly string[] {
	const {contexts} = options.cluster;
	const [one] = contexts;
	if (contexts.length < 2) {
		return [];
	}

	const several = `${given('context').named} ${contexts.join(',')}`;
	if (word === 'record' || word === 'rbac') {
		return [`${several}: ktop ${word} is for one cluster: run it once for each, with --context ${one}`];
	}

	const problems = OF_ONE_CLUSTER.filter(isSet).map(
		name =>
			`${several} and ${given(name).named} contradict each other: that is of one cluster, so name one context, or write it into the kubeconfig`,
	);
	if (options.access.token !== undefined && !isSet('token')) {
		problems.push(`${several}: KTOP_TOKEN is the token of one cluster: unset it, or name one context`);
	}

	if (options.origin.sources.some(source => source.kind !== 'kubernetes' || source.url !== undefined)) {
		problems.push(
			`${several} and ${given('source').named} contradict each other: contexts are clusters of the kubeconfig, so leave out the other sources`,
		);
	}

	if (isSet('history')) {
		problems.push(
			`${several} and ${given('history').named} contradict each other: a store has the samples of one cluster, so name one context`,
		);
	}

	return problems;
}
