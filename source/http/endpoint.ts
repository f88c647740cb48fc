/** How to trust the server and how to prove who we are. PEM texts or buffers. */
export type TlsOptions = {
	readonly ca?: string | Buffer | undefined;
	readonly certificate?: string | Buffer | undefined;
	readonly key?: string | Buffer | undefined;
	/** The name to verify (and send as SNI) where the address is not in the certificate. */
	readonly serverName?: string | undefined;
	/** Skips verification; only ever set by a flag that says so. */
	readonly isInsecure?: boolean | undefined;
};

/** What to call this kind of server, and the flags that mend trouble with it, for messages and hints. */
export type EndpointWords = {
	/** `kubelet`, `API server`, `cAdvisor`. */
	readonly server: string;
	readonly caFlag: string;
	readonly insecureFlag: string;
	readonly serverNameFlag: string;
	/** What helps a server that has no certificate yet (TLS alert 80); kubelets wait for an approval. */
	readonly noCertificateHint?: string | undefined;
};

export type EndpointOptions = {
	/** `https://10.0.0.7:10250`, no path. */
	readonly origin: string;
	readonly words: EndpointWords;
	readonly tls?: TlsOptions | undefined;
	/** The Authorization header for the next request; asked each time, so a rotated token file is noticed. */
	readonly authorization?: (() => Promise<string | undefined>) | undefined;
	readonly connectTimeoutMs?: number | undefined;
	readonly connections?: number | undefined;
	/** Longer than the poll interval, or every poll would pay a TLS handshake. */
	readonly keepAliveMs?: number | undefined;
};

export type GetOptions = {
	readonly timeoutMs: number;
	/** Of the body after gunzip; more is the failure `too-large`. */
	readonly maxBytes: number;
	readonly accept?: string | undefined;
	readonly signal?: AbortSignal | undefined;
	/** Called once the request has a connection: what fails before is not this path's fault. */
	readonly onConnected?: (() => void) | undefined;
};

export type Answer = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly body: Buffer;
	readonly latencyMs: number;
};

/**
 * One server, reached over keep-alive connections with GET and no other method.
 *
 * `get` resolves with whatever status the server answered, and throws `KtopError` where there was no complete answer
 * (refused, timeout, TLS, too large, …).
 */
export type Endpoint = {
	readonly origin: string;
	readonly get: (path: string, options: GetOptions) => Promise<Answer>;
	readonly close: () => Promise<void>;
};
