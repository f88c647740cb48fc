import {createHash} from 'node:crypto';
import type {Subject} from './subject.ts';

/** What a name of RBAC may be made of without being quoted anywhere. */
const PLAIN = /^[\w.@:-]{1,100}$/;

/**
 * The name of the binding that gives a role to one subject: no other subject or role has the same, so that applying one
 * binding never takes away what another gave. `ktop:user:jane`, `ktop:serviceaccount:monitoring:ktop`; a name that
 * would not do is made plain, and told from others by its hash.
 */
export function bindingName(role: string, subject: Subject): string {
	const name = subject.kind === 'ServiceAccount' ? `${subject.namespace}:${subject.name}` : subject.name;
	return `${role}:${subject.kind.toLowerCase()}:${PLAIN.test(name) ? name : plainName(name)}`;
}

function plainName(name: string): string {
	const hash = createHash('sha256').update(name).digest('hex').slice(0, 12);
	return `${name.replace(/[^\w.@:-]+/g, '-').slice(0, 80)}-${hash}`;
}
