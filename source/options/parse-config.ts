import {parse} from 'yaml';

/** What a YAML text says. Throws where it is none. A module of its own, since most start without a config file. */
export function parseConfig(text: string): unknown {
	return parse(text) as unknown;
}
