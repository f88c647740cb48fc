import {describeBenchmark} from './benchmark.ts';
import {benchDecodeSummary} from './decode-summary.ts';

for (let i = 0; i < 3; i++) console.log(describeBenchmark(await benchDecodeSummary()));
