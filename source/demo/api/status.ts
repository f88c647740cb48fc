import type {JsonFields} from '../json-fields.ts';

/** An error response: a `meta/v1` Status. `code` is also the HTTP status. */
export type StatusError = {
	readonly code: number;
	readonly reason: string;
	readonly message: string;
	readonly details?: JsonFields;
	/** With a 410 for a page of a list: continues the list with the current state. */
	readonly continueToken?: string;
};

export function statusObject({code, reason, message, details, continueToken}: StatusError): JsonFields {
	return {
		kind: 'Status',
		apiVersion: 'v1',
		metadata: continueToken === undefined ? {} : {continue: continueToken},
		status: 'Failure',
		message,
		reason,
		...(details === undefined ? {} : {details}),
		code,
	};
}

export function badRequest(message: string): StatusError {
	return {code: 400, reason: 'BadRequest', message};
}

export function notFound(resource: string, name: string): StatusError {
	const message = `${resource} ${JSON.stringify(name)} not found`;
	return {code: 404, reason: 'NotFound', message, details: {name, kind: resource}};
}

export function expired(message: string, continueToken?: string): StatusError {
	const error = {code: 410, reason: 'Expired', message};
	return continueToken === undefined ? error : {...error, continueToken};
}

export function isStatusError(value: object): value is StatusError {
	return 'code' in value && 'reason' in value;
}
