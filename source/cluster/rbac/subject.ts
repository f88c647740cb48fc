/** Whom rights are given to (rbac.authorization.k8s.io/v1 Subject). */
export type Subject =
	| {readonly kind: 'User' | 'Group'; readonly name: string}
	| {readonly kind: 'ServiceAccount'; readonly name: string; readonly namespace: string};
