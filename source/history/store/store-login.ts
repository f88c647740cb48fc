/** How ktop authenticates with a store. */
export type StoreLogin =
	| {readonly kind: 'password'; readonly user: string; readonly password: string}
	| {readonly kind: 'token'; readonly token: string};

/** The header `Authorization`. InfluxDB 2.x and 3.x expect tokens as `Token`, Prometheus as `Bearer`. */
export function authorizationHeader(login: StoreLogin, tokenScheme: 'Bearer' | 'Token'): string {
	return login.kind === 'token'
		? `${tokenScheme} ${login.token}`
		: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
}
