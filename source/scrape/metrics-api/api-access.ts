import type {Answer, Endpoint} from '../../http/endpoint.ts';
import type {KtopError} from '../../metrics/model/failure.ts';

/** The part of an API server connection that scraping uses. */
export type ApiAccess = {
	readonly origin: string;
	/** Waits for Retry-After within the request's timeout. */
	readonly get: Endpoint['get'];
	/** The error for an answer; undefined for 2xx. `subject` is the request, for messages: `list nodes`. */
	readonly failureOf: (answer: Answer, subject: string) => KtopError | undefined;
};
