import type {ClientCertificate, StreamingEndpoint} from '../../http/endpoint.ts';

/** What the screen says about where the numbers come from; printable text. */
export type ConnectionLabel = {
	readonly origin: 'url' | 'kubeconfig' | 'in-cluster';
	readonly context: string | undefined;
	readonly cluster: string | undefined;
	/** The kubeconfig's user, or the one that is impersonated. */
	readonly user: string | undefined;
	readonly namespace: string;
	/** `https://HOST:6443`, without path. */
	readonly server: string;
	/** The server's certificate is not verified, because a flag or the kubeconfig says so. */
	readonly isInsecure: boolean;
};

/** The same proof of identity for kubelets, which know nothing of the API server's headers. */
export type KubeletCredentials = {
	readonly authorization: () => Promise<string | undefined>;
	readonly clientCertificate: () => Promise<ClientCertificate | undefined>;
	/** The cluster's own authority, PEM: it signs kubelets' certificates too where they ask it to. */
	readonly authority: string | undefined;
	/**
	 * Another user is acted as through the API server (`--as`). A kubelet cannot do that: asked directly it would answer
	 * with the rights of the one who really asks.
	 */
	readonly isImpersonating: boolean;
};

export type Connection = {
	readonly label: ConnectionLabel;
	/**
	 * The API server. Sends the credentials, tries once more with fresh ones after a 401, and waits where a 429 or 503
	 * asks for it. Paths start with a slash and have no base path.
	 */
	readonly api: StreamingEndpoint;
	readonly kubeletCredentials: KubeletCredentials;
	readonly close: () => Promise<void>;
};
