import type {ClientCertificate, StreamingEndpoint} from '../../http/endpoint.ts';

/** A description of the connection for the screen, in printable text. */
export type ConnectionLabel = {
	readonly origin: 'url' | 'kubeconfig' | 'in-cluster';
	readonly context: string | undefined;
	readonly cluster: string | undefined;
	/** The impersonated user, or else the kubeconfig's user. */
	readonly user: string | undefined;
	readonly namespace: string;
	/** `https://HOST:6443`, without path. */
	readonly server: string;
	/** Whether a flag or the kubeconfig turns off certificate verification. */
	readonly isInsecure: boolean;
};

/** The same credentials for kubelets, which do not support impersonation headers. */
export type ClusterKubeletCredentials = {
	readonly authorization: (signal?: AbortSignal) => Promise<string | undefined>;
	readonly clientCertificate: (signal?: AbortSignal) => Promise<ClientCertificate | undefined>;
	/** The cluster's certificate authority in PEM, which may also sign the certificates of kubelets. */
	readonly authority: string | undefined;
	/**
	 * Whether another user is impersonated (`--as`). Kubelets do not support that: a direct request would have the
	 * rights of the real user.
	 */
	readonly isImpersonating: boolean;
};

export type Connection = {
	readonly label: ConnectionLabel;
	/**
	 * The API server, with credentials. Retries a 401 with refreshed credentials, and a 429 or 503 after its
	 * Retry-After. Paths start with a slash and exclude the base path.
	 */
	readonly api: StreamingEndpoint;
	readonly kubeletCredentials: ClusterKubeletCredentials;
	/** What its credentials wait for now: `exec plugin "aws"`. */
	readonly waitsFor: () => string | undefined;
	readonly close: () => Promise<void>;
};
