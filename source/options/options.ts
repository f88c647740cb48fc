import type {NodeAddressType} from '../metrics/inventory.ts';
import type {ListLevel} from '../metrics/view.ts';
import type {SourceSpec} from './source-spec.ts';
import type {HistorySpec, SinkSpec} from './store-spec.ts';

export type OutputFormat = 'json' | 'ndjson' | 'csv' | 'table';

/** Everything that was asked for, valid and complete; parsed once, at the edge. */
export type Options = {
	readonly level: ListLevel;
	/** Empty: the cluster that the kubeconfig or the pod around names, and this machine where there is none. */
	readonly sources: readonly SourceSpec[];
	/** The store that knows the past; undefined: what ktop has seen itself is all. */
	readonly history: HistorySpec | undefined;
	/** Where `ktop record` writes to. */
	readonly sinks: readonly SinkSpec[];
	/** The part of the nodes that this recorder reads. */
	readonly shard: Shard | undefined;
	/** Where `ktop record` tells its health. */
	readonly listen: ListenAddress | undefined;
	/** How much faster than it was a recording is replayed. */
	readonly speed: number;
	/** Whether `ktop rbac` prints what a recorder in the cluster needs. */
	readonly isForRecording: boolean;
	/** Undefined: what suits the source. */
	readonly intervalMs: number | undefined;
	readonly windowMs: number;
	readonly requestTimeoutMs: number;
	readonly sort: {readonly column: string; readonly isDescending: boolean} | undefined;
	readonly filter: string | undefined;
	readonly namespace: string | undefined;
	/** Pods with these labels, in the API's own syntax. */
	readonly selector: string | undefined;
	/** This node of the cluster alone. */
	readonly nodeName: string | undefined;
	/** Which ways to a node may be taken; by itself ktop takes the API server's proxy only where no other works. */
	readonly via: 'auto' | 'direct' | 'proxy';
	/** Which of a node's addresses to use, best first; undefined: the usual order. */
	readonly addressTypes: readonly NodeAddressType[] | undefined;
	readonly cluster: ClusterChoice;
	/** Undefined: the screen where there is a terminal, else JSON. */
	readonly output: OutputFormat | undefined;
	readonly isWatching: boolean;
	/** Undefined: for ever. */
	readonly count: number | undefined;
	readonly access: Access;
	readonly theme: 'terminal' | 'dark' | 'light' | 'colorblind';
	readonly colors: ColorDepth;
	readonly charts: 'lines' | 'braille';
	readonly hasMouse: boolean;
	/** For screen readers: sentences in place of a table. */
	readonly isSpoken: boolean;
	/** What stands between ktop and the terminal. */
	readonly multiplexer: 'tmux' | 'screen' | undefined;
	/** Ids of the columns of a level, in their order, where others than the usual ones are wanted. */
	readonly columns: ReadonlyMap<string, readonly string[]>;
	readonly symbols: 'unicode' | 'ascii';
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
	readonly as: string | undefined;
	readonly asGroups: readonly string[];
	readonly asUid: string | undefined;
	readonly tlsServerName: string | undefined;
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

/** What a command line asks for. */
export type Request =
	| {readonly kind: 'run'; readonly options: Options}
	/** Checks each step on the way to the numbers. */
	| {readonly kind: 'doctor'; readonly options: Options}
	/** Prints the manifest with the rights that ktop needs. */
	| {readonly kind: 'rbac'; readonly options: Options}
	/** Writes what is read into stores, without a screen. */
	| {readonly kind: 'record'; readonly options: Options}
	/** Shows a recording as if it were now. */
	| {readonly kind: 'replay'; readonly file: string; readonly options: Options}
	| {readonly kind: 'help'}
	| {readonly kind: 'version'}
	/** One line for each thing that is wrong: what, why, and the fix. */
	| {readonly kind: 'problems'; readonly problems: readonly string[]};
