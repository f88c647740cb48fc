import {isRecent} from '../../../metrics/model/recent.ts';
import type {ClusterEntry, ExecEntry} from '../kubeconfig/kubeconfig.ts';
import {type Credentials, isSameCredential} from './credential.ts';
import {credentialError} from './credential-error.ts';
import {decodeExecCredential, type ExecCredential} from './exec-credential.ts';
import {execInfo} from './exec-info.ts';
import {pluginName, runPlugin} from './run-plugin.ts';

/** Runs what may use the terminal, and resolves with its result. */
export type AtTerminal = <T>(run: () => Promise<T>) => Promise<T>;

export type PluginEnvironment = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly now: () => number;
	readonly isInteractive: () => boolean;
	/** Called around each run of a plugin that may use the terminal. */
	readonly atTerminal?: AtTerminal | undefined;
	/** The cluster's certificate authority in PEM, for `provideClusterInfo`. */
	readonly authority: () => Promise<string | undefined>;
	readonly timeoutMs?: number | undefined;
	/** Ends the plugin. */
	readonly signal?: AbortSignal | undefined;
};

const silentTimeoutMs = 60_000;
const interactiveTimeoutMs = 300_000;
/** Credentials are renewed this long before they expire, or after 90 % of their lifetime, whichever is later. */
const maxMarginMs = 30_000;
/** The minimum time between two runs after a 401, for a server that rejects every token. */
const minRefreshMs = 30_000;
/** The minimum time between two runs after a failure. */
const failureHoldMs = 5_000;

type State = ExecCredential & {readonly obtainedAt: number};
type Failed = {readonly error: unknown; readonly at: number};

/** Credentials of an exec plugin, cached until shortly before they expire. Concurrent callers share one run. */
export function execCredentials(
	entry: ExecEntry,
	cluster: ClusterEntry,
	surroundings: PluginEnvironment,
): Credentials {
	const {now} = surroundings;
	let state: State | undefined;
	let failed: Failed | undefined;
	let inFlight: Promise<State> | undefined;
	let refreshedAt = Number.NEGATIVE_INFINITY;

	const run = async (): Promise<State> => {
		const isInteractive = entry.interactiveMode !== 'Never' && surroundings.isInteractive();
		if (entry.interactiveMode === 'Always' && !isInteractive) {
			throw needsTerminal(entry);
		}
		const authority = entry.provideClusterInfo ? await surroundings.authority() : undefined;
		const run = {
			environment: surroundings.environment,
			info: execInfo(entry, cluster, authority, isInteractive),
			isInteractive,
			timeoutMs: surroundings.timeoutMs ?? (isInteractive ? interactiveTimeoutMs : silentTimeoutMs),
			signal: surroundings.signal,
		};
		const {atTerminal} = surroundings;
		const stdout = await (isInteractive && atTerminal !== undefined
			? atTerminal(() => runPlugin(entry, run))
			: runPlugin(entry, run));
		return {...(await decodeExecCredential(stdout, entry, pluginName(entry))), obtainedAt: now()};
	};

	const runOnce = (): Promise<State> => {
		inFlight ??= run()
			.then(
				fresh => {
					failed = undefined;
					// Keep the object if the credential is the same, because callers compare by identity.
					const isSame = state !== undefined && isSameCredential(state.credential, fresh.credential);
					state = isSame && state !== undefined ? {...fresh, credential: state.credential} : fresh;
					return state;
				},
				(error: unknown) => {
					failed = {error, at: now()};
					throw error;
				},
			)
			.finally(() => {
				inFlight = undefined;
			});
		return inFlight;
	};

	const isHeld = (): boolean => failed !== undefined && isRecent(failed.at, now(), failureHoldMs);

	const get = async (): Promise<State> => {
		if (state !== undefined && !isDue(state, now())) {
			return state;
		}
		const usable = state !== undefined && (state.expiresAt ?? Number.POSITIVE_INFINITY) > now();
		if (failed !== undefined && isHeld()) {
			if (usable && state !== undefined) {
				return state;
			}
			throw failed.error;
		}
		try {
			return await runOnce();
		} catch (error) {
			if (usable && state !== undefined) {
				return state;
			}
			throw error;
		}
	};

	return {
		current: async () => (await get()).credential,
		refresh: async rejected => {
			if (inFlight === undefined) {
				if (state !== undefined && state.credential !== rejected) {
					return true;
				}
				if (isRecent(refreshedAt, now(), minRefreshMs) || isHeld()) {
					return false;
				}
				refreshedAt = now();
			}
			return (await runOnce()).credential !== rejected;
		},
		waitsFor: () => (inFlight === undefined ? undefined : `exec plugin "${pluginName(entry)}"`),
	};
}

function isDue(state: State, time: number): boolean {
	if (state.expiresAt === undefined) {
		return false;
	}
	const margin = Math.min(maxMarginMs, Math.max(0, state.expiresAt - state.obtainedAt) / 10);
	return time >= state.expiresAt - margin;
}

const needsTerminal = (entry: ExecEntry) =>
	credentialError(
		`exec plugin "${pluginName(entry)}" needs a terminal (interactiveMode: Always), and none is available`,
		'run ktop in a terminal, or log in first and use interactiveMode: IfAvailable',
		'exec needs a terminal',
	);
