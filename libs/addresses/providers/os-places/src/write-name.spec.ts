import { writeName } from './write-name';

describe('writing the gazetteer’s capitals as people write', () => {
  it.each([
    ['WEIR LANE', 'Weir Lane'], ['STRATFORD-UPON-AVON', 'Stratford-upon-Avon'], ['THE OLD BAKERY', 'The Old Bakery'], ['ST DAVID\'S ROAD', 'St David\'s Road'], ['LÔN Y FELIN', 'Lôn y Felin'],
    ['FLAT 2A', 'Flat 2A'], ['1ST FLOOR FLAT', '1st Floor Flat'], ['NHS BLOOD CENTRE', 'NHS Blood Centre'], ['O\'EXAMPLE & DAUGHTERS', 'O\'Example & Daughters'], ['D’ARCY HOUSE', 'D’Arcy House'],
    ['UNIT 3 (REAR OF)', 'Unit 3 (Rear of)'], ['  HIGH   STREET ', 'High Street'], ['TŶ NEWYDD', 'Tŷ Newydd'],
  ])('%s becomes %s', (capitals, name) => expect(writeName(capitals)).toBe(name));
  it('leaves alone what somebody wrote in small letters already', () => expect(writeName('McExample of Testham')).toBe('McExample of Testham'));
});
