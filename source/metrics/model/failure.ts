/** The kind of a failure; stable, so that scripts and tests can rely on it. */
export type FailureCode =
	| 'aborted'
	| 'bad-answer'
	| 'connection-lost'
	| 'forbidden'
	| 'name-not-found'
	| 'not-found'
	| 'refused'
	| 'server-error'
	| 'throttled'
	| 'timeout'
	| 'tls-client-certificate'
	| 'tls-expired'
	| 'tls-internal-error'
	| 'tls-not-https'
	| 'tls-name-mismatch'
	| 'tls-unknown-authority'
	| 'tls-version'
	| 'too-large'
	| 'unauthorized'
	| 'unreachable'
	| 'unsupported'
	| 'usage';

/**
 * Why a number is missing and what to do about it, as plain data for rows, JSON and `doctor`.
 *
 * `brief` fits a table cell (at most 24 columns: `403 needs nodes/stats`), `message` is one line that names the
 * thing and the cause, `hint` one line that names the fix.
 */
export type Failure = {
	readonly code: FailureCode;
	readonly brief: string;
	readonly message: string;
	readonly hint: string;
};

/** The one error class that ktop throws on purpose: everything else is a defect. */
export class KtopError extends Error implements Failure {
	override readonly name = 'KtopError';
	readonly code: FailureCode;
	readonly brief: string;
	readonly hint: string;

	constructor(failure: Failure, options?: ErrorOptions) {
		super(failure.message, options);
		this.code = failure.code;
		this.brief = failure.brief;
		this.hint = failure.hint;
	}

	/** Its failure as plain data, without stack and cause. */
	toFailure(): Failure {
		const {code, brief, message, hint} = this;
		return {code, brief, message, hint};
	}
}
