import {isJsonObject, parseJson} from '../../metrics/model/json.ts';
import type {ProcessReading} from '../../metrics/model/reading.ts';
import {textOf} from '../json-value.ts';
import {Quantities} from '../quantities.ts';

/**
 * Decodes `/api/v2.x/ps/` (info/v2 ProcessInfo), which is the output of `ps` on the machine. Undefined where it is no
 * list; entries without a number are left out. `percent_cpu` is a mean since the start, `start_time` has no date.
 */
export function decodeProcesses(body: Buffer): readonly ProcessReading[] | undefined {
	const parsed = parseJson(body.toString('utf8'));
	if (!Array.isArray(parsed)) {
		return undefined;
	}

	const quantities = new Quantities();
	return parsed.filter(isJsonObject).flatMap((raw): readonly ProcessReading[] => {
		const pid = quantities.read(raw.pid);
		const percent = quantities.read(raw.percent_cpu);
		return pid === undefined || !Number.isInteger(pid)
			? []
			: [
					{
						pid,
						parentPid: quantities.read(raw.parent_pid),
						user: textOf(raw.user),
						name: textOf(raw.cmd) ?? '',
						commandLine: undefined,
						state: textOf(raw.status)?.[0],
						startTimeMs: undefined,
						cpuNanoseconds: undefined,
						meanCpuCores: percent === undefined ? undefined : percent / 100,
						rssBytes: quantities.read(raw.rss),
						cgroup: textOf(raw.cgroup_path),
					},
				];
	});
}
