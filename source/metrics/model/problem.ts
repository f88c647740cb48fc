/** `critical`: it does not run, or the kernel or the kubelet is about to stop it. `warning`: it runs, but badly. */
export type ProblemLevel = 'critical' | 'warning';

export type Problem = {
	readonly level: ProblemLevel;
	/** The API server's word (`CrashLoopBackOff`), or that of ktop's events (`memory of limit`). */
	readonly reason: string;
	/** One line: the API server's message, or the figure. As the server sent it: sanitise it before printing. */
	readonly message: string;
	/** The container that has it, where the object is a pod. */
	readonly container: string | undefined;
	/** Undefined if no source reports it. */
	readonly sinceMs: number | undefined;
};
