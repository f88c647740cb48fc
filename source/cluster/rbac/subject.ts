/** A subject of a binding (rbac.authorization.k8s.io/v1 Subject). */
export type RbacSubject =
	| {readonly kind: 'User' | 'Group'; readonly name: string}
	| {readonly kind: 'ServiceAccount'; readonly name: string; readonly namespace: string};
