import type {NodeAddressType} from '../metrics/model/inventory.ts';
import type {ListLevel} from '../metrics/model/view.ts';
import type {Settings} from './name-settings.ts';
import type {SourceSpec} from './source-spec.ts';
import type {HistorySpec, SinkSpec} from './store-spec.ts';

/** Everything that can be asked for, valid and complete, in groups; each command gets those that it uses. */
export type Options = {
	readonly origin: Origin;
	readonly polling: Polling;
	readonly cluster: ClusterChoice;
	readonly access: Access;
	readonly selection: Selection;
	readonly output: Output;
	readonly recording: Recording;
	readonly grant: Grant;
	readonly playback: Playback;
	readonly screen: ScreenChoices;
};

/** The groups of each command. Access and the logins of stores go to what connects, and nowhere else. */
export const GROUPS_OF = {
	run: ['origin', 'polling', 'cluster', 'access', 'selection', 'output', 'screen'],
	/** Checks each step on the way to the numbers. */
	doctor: ['origin', 'polling', 'cluster', 'access', 'selection', 'output'],
	/** Prints the manifest with the rights that ktop needs. */
	rbac: ['cluster', 'selection', 'recording', 'grant'],
	/** Writes what is read into stores, without a screen. */
	record: ['origin', 'polling', 'cluster', 'access', 'selection', 'output', 'recording'],
	/** Shows a recording as if it were now. */
	replay: ['polling', 'selection', 'output', 'playback', 'screen'],
} as const satisfies Readonly<Record<string, ReadonlyArray<keyof Options>>>;

export type Command = keyof typeof GROUPS_OF;

export type OptionsOf<C extends Command> = Pick<Options, (typeof GROUPS_OF)[C][number]>;

/** What opening a source takes. */
export type SourceOptions = Pick<Options, 'origin' | 'polling' | 'cluster' | 'access' | 'selection'>;

/** Where the numbers come from. URLs and logins of stores may hold secrets. */
export type Origin = {
	/** Empty: the cluster that the kubeconfig or the pod around names, and this machine where there is none. */
	readonly sources: readonly SourceSpec[];
	/** The store that knows the past; undefined: only what ktop has seen itself. */
	readonly history: HistorySpec | undefined;
};

/** How nodes are read. */
export type Polling = {
	/** Undefined: what suits the source. */
	readonly intervalMs: number | undefined;
	/** How much of the past is kept in memory. */
	readonly windowMs: number;
	readonly requestTimeoutMs: number;
	/** Which ways to a node may be taken; `auto` takes the API server's proxy only where no other works. */
	readonly via: 'auto' | 'direct' | 'proxy';
	/** Which of a node's addresses to use, best first; undefined: the usual order. */
	readonly addressTypes: readonly NodeAddressType[] | undefined;
};

/** What is shown of it. */
export type Selection = {
	readonly level: ListLevel;
	readonly sort: {readonly column: string; readonly isDescending: boolean} | undefined;
	readonly filter: string | undefined;
	readonly namespace: string | undefined;
	/** Pods with these labels, in the API's own syntax. */
	readonly selector: string | undefined;
	/** This node of the cluster alone. */
	readonly nodeName: string | undefined;
};

export type Output = {
	/** Undefined: the screen where there is a terminal, else JSON. */
	readonly format: OutputFormat | undefined;
	/** Also where a count is given. */
	readonly isWatching: boolean;
	/** Undefined: one without `isWatching`, else without end. */
	readonly count: number | undefined;
};

export type OutputFormat = 'json' | 'ndjson' | 'csv' | 'table';

export type Recording = {
	/** Where `ktop record` writes to. */
	readonly sinks: readonly SinkSpec[];
	/** The part of the nodes that this recorder reads. */
	readonly shard: Shard | undefined;
	/** Where `ktop record` answers /healthz and /metrics. */
	readonly listen: ListenAddress | undefined;
	/** Whether `ktop rbac` prints what a recorder in the cluster needs. */
	readonly isForRecording: boolean;
	/** The image of that recorder; undefined: the one that is published with this version. */
	readonly image: string | undefined;
};

/** Whom `ktop rbac` gives the rights to; nobody: a service account. */
export type Grant = {
	readonly users: readonly string[];
	readonly groups: readonly string[];
};

export type Playback = {
	/** How much faster than it was a recording is replayed. */
	readonly speed: number;
};

export type ScreenChoices = {
	readonly theme: 'terminal' | 'dark' | 'light' | 'colorblind';
	readonly colors: ColorDepth;
	readonly charts: 'lines' | 'braille';
	readonly hasMouse: boolean;
	/** For screen readers: sentences in place of a table. */
	readonly isSpoken: boolean;
	readonly symbols: 'unicode' | 'ascii';
	/** The terminal multiplexer that ktop runs in. */
	readonly multiplexer: 'tmux' | 'screen' | undefined;
	/** Ids of the columns of a level, in their order, where others than the usual ones are wanted. */
	readonly columns: ReadonlyMap<string, readonly string[]>;
};

/** How many colours a terminal shows. */
export type ColorDepth = 'none' | '16' | '256' | 'true';

/** Part `index` (from 0) of `count` equal parts. */
export type Shard = {readonly index: number; readonly count: number};

/** `host` undefined: all addresses of the machine. */
export type ListenAddress = {readonly host: string | undefined; readonly port: number};

/** Which cluster, and as whom: kubectl's flags of the same names. */
export type ClusterChoice = {
	readonly kubeconfig: string | undefined;
	readonly context: string | undefined;
	readonly cluster: string | undefined;
	readonly user: string | undefined;
	readonly server: string | undefined;
	readonly tlsServerName: string | undefined;
	readonly as: string | undefined;
	readonly asGroups: readonly string[];
	readonly asUid: string | undefined;
};

/** Credentials and trust; files are read when they are needed. */
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

/** A command with its options; `settings` name those that are from the config file, for what is found wrong later. */
type Run<C extends Command> = {
	readonly kind: C;
	readonly options: OptionsOf<C>;
	readonly settings: Settings;
};

/** What a command line asks for. */
export type Request =
	| Run<'run'>
	| Run<'doctor'>
	| Run<'rbac'>
	| Run<'record'>
	| (Run<'replay'> & {readonly file: string})
	| {readonly kind: 'help'}
	| {readonly kind: 'version'}
	/** One line for each thing that is wrong: what, why, and the fix. */
	| {readonly kind: 'problems'; readonly problems: readonly string[]};
