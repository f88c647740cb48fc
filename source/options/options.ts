import type {Level} from '../metrics/view.ts';
import type {SourceSpec} from './source-spec.ts';

export type OutputFormat = 'json' | 'ndjson' | 'csv' | 'table';

/** Everything that was asked for, valid and complete; parsed once, at the edge. */
export type Options = {
	readonly level: Level;
	/** Empty: whatever can be found, which is this machine in the end. */
	readonly sources: readonly SourceSpec[];
	/** Undefined: what suits the source. */
	readonly intervalMs: number | undefined;
	readonly windowMs: number;
	readonly requestTimeoutMs: number;
	readonly sort: {readonly column: string; readonly isDescending: boolean} | undefined;
	readonly filter: string | undefined;
	readonly namespace: string | undefined;
	/** Undefined: the screen where there is a terminal, else JSON. */
	readonly output: OutputFormat | undefined;
	readonly isWatching: boolean;
	/** Undefined: for ever. */
	readonly count: number | undefined;
	readonly access: Access;
	readonly hasColor: boolean;
	readonly symbols: 'unicode' | 'ascii';
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
	| {readonly kind: 'help'}
	| {readonly kind: 'version'}
	/** One line for each thing that is wrong: what, why, and the fix. */
	| {readonly kind: 'problems'; readonly problems: readonly string[]};
