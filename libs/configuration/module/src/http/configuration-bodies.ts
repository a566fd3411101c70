import { IsInt, IsObject, Max, Min } from 'class-validator';

/** A file that somebody brings. */
export class BroughtFile {
  /** As it was exported. */
  @IsObject() file!: object;
}

/** What a draft was compared with. */
export class ComparedWith {
  /** The revision that was published last when it was compared; 0 when there was none. */
  @IsInt() @Min(0) @Max(2_147_483_647) base!: number;
}

/** What is to hold again. */
export class PutBack extends ComparedWith {
  /** A revision that was published; 0 for what the package and the council's app say. */
  @IsInt() @Min(0) @Max(2_147_483_647) to!: number;
}
