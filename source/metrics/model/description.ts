import type {Failure} from './failure.ts';

/** An object of the API server that can be described: `Pod`, `Node`, `Deployment`. */
export type DescribedObject = {
	readonly kind: string;
	/** The name of its cluster, where several are read. */
	readonly cluster?: string | undefined;
	/** Undefined for nodes. */
	readonly namespace: string | undefined;
	readonly name: string;
	/** Only this container of the pod. */
	readonly container?: string | undefined;
};

/** What the API server says about one object beyond the inventory. */
export type Description = {
	readonly facts: AnswerOrFailure<readonly DescribedFact[]>;
	/** The newest first. */
	readonly events: AnswerOrFailure<readonly ObjectEvent[]>;
};

/** An answer of the API server, or why there is none. */
export type AnswerOrFailure<Value> =
	| {readonly kind: 'known'; readonly value: Value}
	| {readonly kind: 'failed'; readonly failure: Failure};

/** One line of a description. Texts are as the server sent them: sanitise them before printing. */
export type DescribedFact = {
	readonly label: string;
	readonly text: string;
	/** The time of the last change of a condition. */
	readonly sinceMs: number | undefined;
	/** Whether it is a condition that says that something is wrong. */
	readonly isWrong: boolean;
};

/** A `v1.Event` about an object. */
export type ObjectEvent = {
	readonly isWarning: boolean;
	/** `BackOff`, `FailedScheduling`. */
	readonly reason: string;
	readonly message: string;
	/** How often it happened, at least 1. */
	readonly count: number;
	readonly lastMs: number | undefined;
	/** The component that reported it, such as `kubelet`. */
	readonly from: string | undefined;
};
