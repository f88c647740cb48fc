/** Answers of TLS servers to plain HTTP: Go (also Traefik), nginx, Apache, HAProxy and Envoy. */
const REFUSALS =
	/Client sent an HTTP request to an HTTPS server|plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL-enabled server port/u;

/** Whether an answer to plain HTTP means that the server requires TLS. */
export function wantsTls(origin: string, status: number, body: Buffer): boolean {
	return status === 400 && origin.startsWith('http:') && REFUSALS.test(body.toString('latin1', 0, 2000));
}

/** Whether an unparsable answer is a TLS alert (RFC 8446, section 5.1): type 21, version 3.x. */
export function isTlsAlert(answer: string): boolean {
	const [type, major, minor = 5] = Buffer.from(answer, 'latin1');
	return type === 21 && major === 3 && minor <= 4;
}
