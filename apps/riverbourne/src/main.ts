import { runCouncil } from '@guildhall/kernel';
import { riverbourne } from './council.config';

void runCouncil(riverbourne, process.argv.slice(2));
