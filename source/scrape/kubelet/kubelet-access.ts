import type {Answer, GetOptions} from '../../http/endpoint.ts';
import type {KtopError} from '../../metrics/model/failure.ts';

/** How a kubelet is asked, directly or by way of the API server. */
export type KubeletAccess = {
	/** Requests one of the kubelet's own paths. */
	readonly get: (path: string, request: GetOptions) => Promise<Answer>;
	/** What an answer other than 200 means, and whether the other paths will be answered no better. */
	readonly failureOf: (
		path: string,
		answer: Answer,
	) => {readonly failure: KtopError; readonly isFinal: boolean};
	readonly now: () => number;
};
