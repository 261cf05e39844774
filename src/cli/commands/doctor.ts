/** `jupyter pyperf doctor`: what works on this machine, what does not, and what to do. */
import { EXIT, type ExitCode } from '../errors.ts';
import { currentEnvironment } from '../jupyter/paths.ts';
import { formatCheck, type Check } from '../doctor/check.ts';
import { checkExtension, checkIpc, checkLimits } from '../doctor/machine.ts';
import { checkProcessAccess } from '../doctor/process-access.ts';
import { checkHook, checkKernels, checkNode } from '../doctor/programs.ts';

export async function doctorCommand(): Promise<ExitCode> {
  const environment = currentEnvironment();
  const checks: Check[] = [
    checkNode(),
    checkHook(),
    ...checkKernels(environment),
    ...(await checkProcessAccess()),
    checkLimits(),
    await checkIpc(),
    checkExtension(environment),
  ];
  for (const check of checks) process.stdout.write(`${formatCheck(check)}\n`);
  return checks.some(check => !check.works && check.essential) ? EXIT.failed : EXIT.ok;
}
