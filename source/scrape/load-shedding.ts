/** What a poller knows of its rounds, in each of which all nodes are read once. */
export type RoundLoad = {
	/** On a monotonic clock. */
	readonly nowMs: number;
	readonly nodes: number;
	readonly intervalMs: number;
	/** The mean lateness of the reads since the last time. */
	readonly latenessMs: number;
	/** How many reads there were since the start. */
	readonly reads: number;
};

/** A round of full reads that took longer than the interval. */
export type LateRound = {readonly nodes: number; readonly roundMs: number};

/** Whether nodes off the screen are read for CPU and memory alone, and what is to be known to decide that. */
export type LoadShedding = {
	/** The round for which it is done; undefined while all nodes are read in full. */
	readonly late: LateRound | undefined;
	/** Since when rounds are late while all are read in full, and on time while they are not. */
	readonly since: {readonly ms: number; readonly reads: number} | undefined;
	/** When all nodes were read in full again the last time. */
	readonly triedAtMs: number | undefined;
	/** How long rounds must be on time before that is tried. */
	readonly trialAfterMs: number;
};

/** Rounds are late where reads are by this share of the interval. */
export const LATE_SHARE = 0.25;

/** They are on time below this one. In between they are neither. */
const ON_TIME_SHARE = 0.1;

/** So long they must be late, or on time. A start, with its connections and second reads, is over by then. */
const INTERVALS = 4;
const LEAST_MS = 10_000;

/** Full reads fit where they would take this share of the interval. */
const FITTING_SHARE = 0.8;

/** Machines and links become faster without notice. Each trial that fails doubles the time until the next one. */
const FIRST_TRIAL_MS = 300_000;
const LAST_TRIAL_MS = 7_200_000;

/** A trial has failed if rounds are late again within this time. */
const TRIAL_MS = 300_000;

export const NO_SHEDDING: LoadShedding = {
	late: undefined,
	since: undefined,
	triedAtMs: undefined,
	trialAfterMs: FIRST_TRIAL_MS,
};

/** The state after one more look at the rounds, which is to be taken a few times in each. */
export function shedLoad(state: LoadShedding, load: RoundLoad): LoadShedding {
	const {nowMs, reads, intervalMs, latenessMs} = load;
	const {late} = state;
	const isOfThisKind =
		late === undefined ? latenessMs > LATE_SHARE * intervalMs : latenessMs < ON_TIME_SHARE * intervalMs;
	if (!isOfThisKind) {
		return state.since === undefined ? state : {...state, since: undefined};
	}

	const since = state.since ?? {ms: nowMs, reads};
	const lastedMs = nowMs - since.ms;
	if (lastedMs < Math.max(INTERVALS * intervalMs, LEAST_MS)) {
		return {...state, since};
	}

	if (late === undefined) {
		const msARead = lastedMs / Math.max(reads - since.reads, 1);
		return {
			...state,
			late: {nodes: load.nodes, roundMs: Math.max(load.nodes * msARead, intervalMs)},
			since: undefined,
			trialAfterMs: nextTrialMs(state, nowMs),
		};
	}

	return lastedMs >= state.trialAfterMs || fits(load, late)
		? {...state, late: undefined, since: undefined, triedAtMs: nowMs}
		: {...state, since};
}

/** Whether full reads would be fast enough now, for there are fewer nodes or a longer interval than there were. */
function fits({nodes, intervalMs}: RoundLoad, late: LateRound): boolean {
	return nodes * (late.roundMs / late.nodes) <= FITTING_SHARE * intervalMs;
}

function nextTrialMs({triedAtMs, trialAfterMs}: LoadShedding, nowMs: number): number {
	return triedAtMs !== undefined && nowMs - triedAtMs < TRIAL_MS
		? Math.min(2 * trialAfterMs, LAST_TRIAL_MS)
		: FIRST_TRIAL_MS;
}

/** Network, file systems and volumes of nodes off the screen are read this often: kubelets look at volumes once a minute. */
const FULL_EVERY_MS = 60_000;

/** Each how many-th read of a node off the screen is a full one. */
export function fullReadEvery(intervalMs: number): number {
	return Math.max(Math.round(FULL_EVERY_MS / intervalMs), 2);
}
