import {createHash} from 'node:crypto';
import type {RbacSubject} from './subject.ts';

/** Names that need no quoting in YAML, shells and URLs. */
const PLAIN = /^[\w.@:-]{1,100}$/;

/**
 * The name of the binding of a role to one subject, unique per role and subject, so that applying one binding never
 * replaces another: `ktop:user:jane`, `ktop:serviceaccount:monitoring:ktop`. Special characters are replaced by `-` and
 * a hash is appended.
 */
export function bindingName(role: string, subject: RbacSubject): string {
	const name = subject.kind === 'ServiceAccount' ? `${subject.namespace}:${subject.name}` : subject.name;
	return `${role}:${subject.kind.toLowerCase()}:${PLAIN.test(name) ? name : plainName(name)}`;
}

function plainName(name: string): string {
	const hash = createHash('sha256').update(name).digest('hex').slice(0, 12);
	return `${name.replace(/[^\w.@:-]+/g, '-').slice(0, 80)}-${hash}`;
}
