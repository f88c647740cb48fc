import type {Failure} from '../metrics/model/failure.ts';

/** The result of one check. */
export type Finding = {
	/** The context that it is about, where several are checked. */
	readonly context?: string;
	/** The name of the check: `kubeconfig`, `list pods`, `nodes`. */
	readonly check: string;
	readonly verdict: 'ok' | 'warning' | 'failed' | 'skipped';
	/** One line: what works, or what fails and its cause. */
	readonly message: string;
	readonly code: Failure['code'] | undefined;
	/** The nodes that the finding concerns, if any. */
	readonly nodes: readonly string[];
	/** How to fix it: sentences, commands or a manifest, one line each. */
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

/** `fix` defaults to the failure's hint. */
export function bad(check: string, failure: Failure, fix: readonly string[] = [failure.hint]): Finding {
	return {check, verdict: 'failed', message: failure.message, code: failure.code, nodes: [], fix};
}
