/** Trusted authorities and the client certificate, in PEM. */
export type TlsOptions = {
	readonly ca?: string | Buffer | undefined;
	readonly certificate?: string | Buffer | undefined;
	readonly key?: string | Buffer | undefined;
	/** The name to verify and to send as SNI instead of the host of the address. */
	readonly serverName?: string | undefined;
	/** Skips verification; only set by an explicit flag. */
	readonly isInsecure?: boolean | undefined;
};

/** A certificate and its private key, in PEM. */
export type ClientCertificate = {readonly certificate: string; readonly key: string};

/** The name of the kind of server and of its flags, for messages and hints. */
export type EndpointWords = {
	/** `kubelet`, `API server`, `cAdvisor`. */
	readonly server: string;
	/** `--kubelet-ca FILE`. */
	readonly caFlag: string;
	/** Undefined if there is no such flag. */
	readonly insecureFlag: string | undefined;
	/** `--kubelet-server-name NAME`. */
	readonly serverNameFlag: string;
	/** The hint for a server without a certificate (TLS alert 80), such as a kubelet whose CSR is not approved. */
	readonly noCertificateHint?: string | undefined;
};

export type EndpointOptions = {
	/** `https://10.0.0.7:10250`, without a path. */
	readonly origin: string;
	readonly words: EndpointWords;
	readonly tls?: TlsOptions | undefined;
	/**
	 * Returns the Authorization header; called before each request, so that rotated tokens are used. Throws when the signal
	 * aborts, if it may take long.
	 */
	readonly authorization?: ((signal?: AbortSignal) => Promise<string | undefined>) | undefined;
	/**
	 * Returns the client certificate, which overrides the one of `tls`; called before each request. If it changed, new
	 * requests use new connections; the old connections close after their current requests.
	 */
	readonly clientCertificate?: ((signal?: AbortSignal) => Promise<ClientCertificate | undefined>) | undefined;
	/** Sent with every request; a name may repeat (`Impersonate-Group`). */
	readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
	/** `http://USER:PASSWORD@HOST:3128`, `socks5://HOST:1080`: the proxy for all connections. */
	readonly proxy?: string | undefined;
	readonly connectTimeoutMs?: number | undefined;
	readonly connections?: number | undefined;
	/** Must be longer than the scrape interval, or each scrape costs a TLS handshake. */
	readonly keepAliveMs?: number | undefined;
	/** Whether the connection is one of many in this thread, which then take less memory: see `SharedBufferSocket`. */
	readonly sharesReadBuffer?: boolean | undefined;
};

export type GetOptions = {
	readonly timeoutMs: number;
	/** The limit of the body after gunzip; a larger body fails with `too-large`. */
	readonly maxBytes: number;
	readonly accept?: string | undefined;
	readonly signal?: AbortSignal | undefined;
	/** Called when the request has a connection. Failures before that do not depend on the path. */
	readonly onConnected?: (() => void) | undefined;
};

export type Answer = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | undefined>>;
	/** Empty once it was decoded, see `decodeBody`. */
	body: Buffer;
	readonly latencyMs: number;
};

/**
 * A server reached over keep-alive connections, with GET only.
 *
 * `get` resolves with any HTTP status. It throws `KtopError` if there is no complete answer (refused, timeout, TLS, too
 * large, …).
 */
export type Endpoint = {
	readonly origin: string;
	readonly get: (path: string, options: GetOptions) => Promise<Answer>;
	readonly close: () => Promise<void>;
};

export type StreamOptions = {
	/** The maximum time to the first byte, and between any two bytes after that. */
	readonly idleTimeoutMs: number;
	/** A longer line fails with `too-large`. */
	readonly maxLineBytes: number;
	readonly accept?: string | undefined;
	readonly signal?: AbortSignal | undefined;
};

/** A streamed answer, such as a watch. */
export type LineStream = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | undefined>>;
	/** The body of an answer that is not 2xx, cut at 64 KiB; empty for 2xx. */
	readonly body: Buffer;
	/**
	 * The non-empty lines of a 2xx answer as they arrive; none for other answers. Can be iterated once. Ends with the
	 * answer; throws `KtopError` (`timeout`, `connection-lost`, `aborted`, `too-large`). Leaving the `for await`
	 * loop closes the connection.
	 */
	readonly lines: AsyncIterable<string>;
	/** Closes the connection; only needed if `lines` is not read. */
	readonly close: () => void;
};

/** An endpoint that also supports streamed answers. */
export type StreamingEndpoint = Endpoint & {
	readonly stream: (path: string, options: StreamOptions) => Promise<LineStream>;
};
