import type {NodeAddressType} from '../metrics/model/inventory.ts';
import type {Namespaces, PrintedLevel} from '../metrics/model/view.ts';
import type {CommandName, Shell} from './command-words.ts';
import type {Invocation} from './invocation.ts';
import type {Settings} from './name-settings.ts';
import type {SourceSpec} from './source-spec.ts';
import type {HistorySpec, SinkSpec} from './store-spec.ts';

/** All options, validated and with defaults, in groups. A command gets only the groups that it uses. */
export type Options = {
	readonly origin: Origin;
	readonly polling: Polling;
	readonly cluster: ClusterChoice;
	readonly access: Access;
	readonly selection: Selection;
	readonly output: OutputChoices;
	readonly recording: Recording;
	readonly grant: Grant;
	readonly playback: Playback;
	readonly screen: ScreenChoices;
	readonly diagnostics: Diagnostics;
};

/** The groups of each command. Only commands that connect get credentials. */
export const GROUPS_OF = {
	run: ['origin', 'polling', 'cluster', 'access', 'selection', 'output', 'screen'],
	/** Checks each step from the kubeconfig to every node. */
	doctor: ['origin', 'polling', 'cluster', 'access', 'selection', 'output'],
	/** Prints the manifest with the rights that ktop needs. */
	rbac: ['selection', 'recording', 'grant'],
	/** Writes samples to history stores and files, without a screen. */
	record: ['origin', 'polling', 'cluster', 'access', 'selection', 'output', 'recording'],
	/** Shows a recording on the same screens. */
	replay: ['polling', 'selection', 'output', 'playback', 'screen'],
} as const satisfies Readonly<Record<CommandName, ReadonlyArray<keyof Options>>>;

export type OptionsOf<C extends CommandName> = Pick<Options, (typeof GROUPS_OF)[C][number]>;

/** The groups needed to open a source. */
export type SourceOptions = Pick<Options, 'origin' | 'polling' | 'cluster' | 'access' | 'selection'>;

/** Where samples come from. URLs and logins may hold secrets. */
export type Origin = {
	/** Empty: the cluster of the kubeconfig or of the pod's service account, or this machine if there is none. */
	readonly sources: readonly SourceSpec[];
	/** The store with past samples; undefined: only ktop's own samples. */
	readonly history: HistorySpec | undefined;
};

/** How nodes are read. */
export type Polling = {
	/** Undefined: the default of the source. */
	readonly intervalMs: number | undefined;
	/** How long samples are kept in memory. */
	readonly windowMs: number;
	/** How much memory to plan with; undefined: a share of the machine's. */
	readonly memoryBytes: number | undefined;
	readonly requestTimeoutMs: number;
	/** Which routes to a node are allowed; `auto` uses the API server's proxy only if no direct route works. */
	readonly via: 'auto' | 'direct' | 'proxy';
	/** Types of node addresses to use, in order of preference; undefined: the default order. */
	readonly addressTypes: readonly NodeAddressType[] | undefined;
};

/** Which rows are shown, and in which order. */
export type Selection = {
	readonly level: PrintedLevel;
	/** Whether the command line names the level; otherwise the screen may open another one. */
	readonly isLevelGiven: boolean;
	readonly sort: {readonly column: string; readonly isDescending: boolean} | undefined;
	readonly filter: string | undefined;
	readonly namespaces: Namespaces;
	/** What nodes or pods are grouped by: a text or `label:NAME`; undefined: they are not. */
	readonly group: string | undefined;
	/** A label selector for pods, in the API's syntax. */
	readonly selector: string | undefined;
	/** Only this node of the cluster and its pods. */
	readonly nodeName: string | undefined;
};

export type OutputChoices = {
	/** Undefined: the screen on a terminal, else JSON. */
	readonly format: OutputFormat | undefined;
	/** True with `--watch` or `--count`. */
	readonly isWatching: boolean;
	/** The number of snapshots. Undefined: one, or endless if `isWatching`. */
	readonly count: number | undefined;
	/** The window of the statistics that are printed; undefined: none are. */
	readonly statisticsMs: number | undefined;
};

export const OUTPUT_FORMATS = ['json', 'ndjson', 'csv', 'table'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

export type Recording = {
	/** The destinations of `ktop record`. */
	readonly sinks: readonly SinkSpec[];
	/** The share of the nodes that this recorder reads; undefined: all. */
	readonly shard: Shard | undefined;
	/** The address on which `ktop record` serves /healthz and /metrics. */
	readonly listen: ListenAddress | undefined;
	/** Whether `ktop rbac` prints the manifest of a recorder in the cluster. */
	readonly isForRecording: boolean;
	/** The image of that recorder; undefined: the published image of this version. */
	readonly image: string | undefined;
};

/** The users and groups to which `ktop rbac` grants the rights; none: a service account. */
export type Grant = {
	readonly users: readonly string[];
	readonly groups: readonly string[];
	/** Whether to grant the optional right to list events, too. */
	readonly hasEvents: boolean;
	readonly hasWorkloads: boolean;
};

export type Playback = {
	/** The speed of the replay; 1 is real time. */
	readonly speed: number;
};

export type ScreenChoices = {
	/** `auto`: light or dark as the terminal answers, or `terminal` if it does not. */
	readonly theme: 'auto' | 'terminal' | 'dark' | 'light' | 'colorblind';
	readonly colors: ColorChoice;
	readonly charts: 'lines' | 'braille';
	readonly hasMouse: boolean;
	/** For screen readers: sentences instead of tables and charts. */
	readonly isSpoken: boolean;
	readonly symbols: 'unicode' | 'ascii';
	/** The terminal multiplexer in which ktop runs. */
	readonly multiplexer: 'tmux' | 'screen' | undefined;
	/** Column ids per level, in display order; levels without an entry have the default columns. */
	readonly columns: ReadonlyMap<string, readonly string[]>;
};

/** The number of colours of a terminal. */
export type ColorChoice = 'none' | '16' | '256' | 'true';

/** Share `index` (from 0) of `count` equal shares of the nodes. */
export type Shard = {readonly index: number; readonly count: number};

/** `host` undefined: all interfaces. */
export type ListenAddress = {readonly host: string | undefined; readonly port: number};

/** The cluster and the user; kubectl's flags of the same names. */
export type ClusterChoice = {
	readonly kubeconfig: string | undefined;
	/** Several are read at once; none: the current one of the kubeconfig. Each once. */
	readonly contexts: readonly string[];
	readonly cluster: string | undefined;
	readonly user: string | undefined;
	readonly server: string | undefined;
	readonly tlsServerName: string | undefined;
	readonly as: string | undefined;
	readonly asGroups: readonly string[];
	readonly asUid: string | undefined;
};

/** Credentials and trusted authorities; files are read when connecting. */
export type Access = {
	readonly token: string | undefined;
	readonly tokenFile: string | undefined;
	readonly clientCertificateFile: string | undefined;
	readonly clientKeyFile: string | undefined;
	readonly authorityFile: string | undefined;
	readonly isInsecure: boolean;
	readonly kubeletAuthorityFile: string | undefined;
	readonly kubeletServerName: string | undefined;
	readonly isKubeletInsecure: boolean;
};

export type Diagnostics = {
	/** The file that the log is appended to; undefined: no log. */
	readonly logFile: string | undefined;
};

/** How a command was called. */
export type Call = {
	/** Names the config file's settings in later error messages. */
	readonly settings: Settings;
	readonly invocation: Invocation;
	readonly diagnostics: Diagnostics;
};

/** A command with its options. */
type Run<C extends CommandName> = Call & {
	readonly kind: C;
	readonly options: OptionsOf<C>;
};

/** The parsed command line. */
export type ParsedCommandLine =
	| Run<'run'>
	| Run<'doctor'>
	| Run<'rbac'>
	| Run<'record'>
	| (Run<'replay'> & {readonly file: string})
	| {readonly kind: 'help'}
	/** Undefined: which topics there are. */
	| {readonly kind: 'topic'; readonly name: string | undefined}
	/** A code or words of the screen; undefined: which codes there are. */
	| {readonly kind: 'explain'; readonly text: string | undefined}
	| {readonly kind: 'completion'; readonly shell: Shell}
	/** For the completion scripts: the words after `ktop`, of which the last may be half written. */
	| {readonly kind: 'complete'; readonly words: readonly string[]}
	| {readonly kind: 'version'}
	/** One line for each error: what, why and the fix. */
	| {readonly kind: 'problems'; readonly problems: readonly string[]};
