import type {ClientCertificate} from '../../../http/endpoint.ts';

/** The credential of a request. */
export type Credential = {
	/** The Authorization header (`Bearer …`, `Basic …`). */
	readonly authorization: string | undefined;
	readonly clientCertificate: ClientCertificate | undefined;
};

/** A provider of credentials, which may change while the process runs. */
export type Credentials = {
	/**
	 * The credential for the next request; the same object as long as it is unchanged. Throws `KtopError` if there is
	 * none, such as after a failed plugin or for a missing file.
	 */
	readonly current: () => Promise<Credential>;
	/**
	 * Called after a 401: tries to get a credential newer than `rejected` and resolves with whether there is one.
	 * Concurrent calls share one attempt.
	 */
	readonly refresh: (rejected: Credential) => Promise<boolean>;
	/** What a credential waits for now: `exec plugin "aws"`. Absent where none ever takes long. */
	readonly waitsFor?: (() => string | undefined) | undefined;
};

export const isSameCredential = (left: Credential, right: Credential): boolean =>
	left.authorization === right.authorization &&
	left.clientCertificate?.certificate === right.clientCertificate?.certificate &&
	left.clientCertificate?.key === right.clientCertificate?.key;
