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

/** PEM texts of a certificate and the private key that belongs to it. */
export type ClientCertificate = {readonly certificate: string; readonly key: string};

/** What to call this kind of server, and the flags that mend trouble with it, for messages and hints. */
export type EndpointWords = {
	/** `kubelet`, `API server`, `cAdvisor`. */
	readonly server: string;
	/** `--kubelet-ca FILE`. */
	readonly caFlag: string;
	/** `undefined` where there is none. */
	readonly insecureFlag: string | undefined;
	/** `--kubelet-server-name NAME`. */
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
	/**
	 * The client certificate for the next request, over the one of `tls`; asked each time. Another one than before is
	 * used from then on, over new connections; the old ones end with the requests that they carry.
	 */
	readonly clientCertificate?: (() => Promise<ClientCertificate | undefined>) | undefined;
	/** Sent with every request; a name may come more than once (`Impersonate-Group`). */
	readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
	/** `http://USER:PASSWORD@HOST:3128`, `socks5://HOST:1080`: every connection goes through a tunnel of this proxy. */
	readonly proxy?: string | undefined;
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

export type StreamOptions = {
	/** The longest silence, from the request to the first byte and from then on between any two. */
	readonly idleTimeoutMs: number;
	/** More is the failure `too-large`. */
	readonly maxLineBytes: number;
	readonly accept?: string | undefined;
	readonly signal?: AbortSignal | undefined;
};

/** An answer that has no end of its own: a watch. */
export type LineStream = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | undefined>>;
	/** Of an answer that is not 2xx, at most 64 KiB; empty otherwise. */
	readonly body: Buffer;
	/**
	 * The lines of a 2xx answer as they come, empty ones left out, to be read once; none otherwise. Ends where the
	 * server ends the answer, and throws `KtopError` (`timeout`, `connection-lost`, `aborted`, `too-large`). Leaving a
	 * `for await` over it closes the connection.
	 */
	readonly lines: AsyncIterable<string>;
	/** Closes the connection; for those who do not read `lines`. */
	readonly close: () => void;
};

/** An endpoint that can also be listened to. */
export type StreamingEndpoint = Endpoint & {
	readonly stream: (path: string, options: StreamOptions) => Promise<LineStream>;
};
