import type {Failure} from '../metrics/model/failure.ts';

/** What one check found. */
export type Finding = {
	/** What was checked: `kubeconfig`, `list pods`, `nodes`. */
	readonly check: string;
	readonly verdict: 'ok' | 'warning' | 'failed' | 'skipped';
	/** One line: what works, or what fails and why. */
	readonly message: string;
	readonly code: Failure['code'] | undefined;
	/** The nodes it is about, where it is about some. */
	readonly nodes: readonly string[];
	/** What to do: sentences, commands or a manifest, a line each. */
	readonly fix: readonly string[];
};

export function good(check: string, message: string): Finding {
	return {check, verdict: 'ok', message, code: undefined, nodes: [], fix: []};
}

export function skipped(check: string, message: string): Finding {
	return {check, verdict: 'skipped', message, code: undefined, nodes: [], fix: []};
}

export function warning(check: string, message: string, fix: readonly string[]): Finding {
	return {check, verdict: 'warning', message, code: undefined, nodes: [], fix};
}

/** `fix` is the failure's own hint unless there is something better. */
export function bad(check: string, failure: Failure, fix: readonly string[] = [failure.hint]): Finding {
	return {check, verdict: 'failed', message: failure.message, code: failure.code, nodes: [], fix};
}
