import type {Answer, Endpoint} from '../../http/endpoint.ts';
import type {KtopError} from '../../metrics/model/failure.ts';

/** The API server, as those need it who ask it for the numbers of nodes. */
export type ApiAccess = {
	readonly origin: string;
	/** Waits as long as Retry-After asks, within the request's time. */
	readonly get: Endpoint['get'];
	/** What an answer other than 2xx means; undefined for a 2xx. `subject` is what was asked for: `list nodes`. */
	readonly failureOf: (answer: Answer, subject: string) => KtopError | undefined;
};
