import type {ClientCertificate} from '../../../http/endpoint.ts';

/** What proves who asks, at one moment. */
export type Credential = {
	/** The whole Authorization header (`Bearer …`, `Basic …`). */
	readonly authorization: string | undefined;
	readonly clientCertificate: ClientCertificate | undefined;
};

/** Where credentials come from while the process runs. */
export type Credentials = {
	/**
	 * What to use for the next request; the same object as long as nothing changed. Throws `KtopError` where there is
	 * none (a plugin failed, a file is gone).
	 */
	readonly current: () => Promise<Credential>;
	/**
	 * After a 401: looks for something newer than `rejected`, and resolves with whether there is. Calls at the same
	 * time share one look.
	 */
	readonly refresh: (rejected: Credential) => Promise<boolean>;
};

export const isSameCredential = (left: Credential, right: Credential): boolean =>
	left.authorization === right.authorization &&
	left.clientCertificate?.certificate === right.clientCertificate?.certificate &&
	left.clientCertificate?.key === right.clientCertificate?.key;
