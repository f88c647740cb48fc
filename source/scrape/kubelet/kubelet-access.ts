import type {Answer, GetOptions} from '../../http/endpoint.ts';
import type {KtopError} from '../../metrics/model/failure.ts';

/** Access to a kubelet, directly or through the API server. */
export type KubeletAccess = {
	/** Requests a path of the kubelet. */
	readonly get: (path: string, request: GetOptions) => Promise<Answer>;
	/** The error for an answer other than 200, and whether other paths would fail too. */
	readonly failureOf: (
		path: string,
		answer: Answer,
	) => {readonly failure: KtopError; readonly isFinal: boolean};
	readonly now: () => number;
};
