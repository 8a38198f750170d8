import { factPassage, type FactPassage } from '../fact-passage.ts';

/** What a model is asked before and after training. Nobody trains on these: a change makes old measures meaningless. */
export const factPassages: readonly FactPassage[] = [
  factPassage(
    'pt',
    ['Entregas da Serra Clara', 'Prazos'],
    `
    Para Belém, o prazo de entrega é de 11 dias úteis. | Qual é o prazo de entrega para Belém?
    O frete para Curitiba custa R$ 27,40. | Quanto custa o frete para Curitiba?
    Pedidos enviados para Natal chegam em 9 dias úteis. | Em quanto tempo chega um pedido em Natal?
    A entrega aos sábados custa R$ 12,00 a mais. | Quanto custa a entrega aos sábados?
    A transportadora faz duas tentativas de entrega. | Quantas tentativas de entrega a transportadora faz?`,
  ),
  factPassage(
    'pt',
    ['Manual do funcionário', 'Férias'],
    `
    As férias devem ser pedidas com 40 dias de antecedência. | Com quanta antecedência as férias devem ser pedidas?
    As férias podem ser divididas em até três períodos. | Em quantos períodos as férias podem ser divididas?
    A licença-maternidade dura 180 dias. | Quanto tempo dura a licença-maternidade?
    O pedido de férias é aprovado pelo gerente da área. | Quem aprova o pedido de férias?
    O décimo terceiro é pago no dia 20 de dezembro. | Quando é pago o décimo terceiro?`,
  ),
  factPassage(
    'pt',
    ['Reembolso de despesas', 'Limites'],
    `
    O limite de hospedagem é de R$ 380,00 por noite. | Qual é o limite de hospedagem por noite?
    O limite de refeição é de R$ 65,00 por dia. | Qual é o limite de refeição por dia?
    Os recibos devem ser enviados em até 15 dias. | Em quanto tempo os recibos devem ser enviados?
    As bebidas alcoólicas não são reembolsadas. | As bebidas alcoólicas são reembolsadas?
    O quilômetro rodado é pago a R$ 1,10. | Quanto é pago por quilômetro rodado?`,
  ),
  factPassage(
    'pt',
    ['Segurança da informação', 'Senhas'],
    `
    A senha da rede deve ter 16 caracteres. | Quantos caracteres a senha da rede deve ter?
    A senha é trocada a cada 120 dias. | A cada quantos dias a senha é trocada?
    A conta é bloqueada depois de 5 tentativas. | Depois de quantas tentativas a conta é bloqueada?
    As cópias de segurança são feitas às 2 horas. | Quando são feitas as cópias de segurança?
    Os pen drives pessoais são proibidos. | Os pen drives pessoais são permitidos?`,
  ),
  factPassage(
    'pt',
    ['Filial de Campinas', 'Contatos'],
    `
    O telefone da filial de Campinas é 3232-7781. | Qual é o telefone da filial de Campinas?
    A gerente da filial de Campinas é Renata Lopes. | Quem é a gerente da filial de Campinas?
    A filial de Campinas abre das 8h às 17h. | Qual é o horário da filial de Campinas?
    A filial de Campinas fica na Rua das Palmeiras, 45. | Onde fica a filial de Campinas?
    A filial de Campinas tem 62 funcionários. | Quantos funcionários tem a filial de Campinas?`,
  ),
  factPassage(
    'pt',
    ['Garantia e trocas', 'Regras'],
    `
    A garantia dos móveis é de 18 meses. | Qual é a garantia dos móveis?
    Os produtos com defeito são trocados em até 30 dias. | Em quanto tempo são trocados os produtos com defeito?
    A troca exige a nota fiscal. | O que a troca exige?
    Os produtos em promoção não são trocados. | Os produtos em promoção são trocados?
    A assistência técnica é feita pela oficina Boa Mão. | Quem faz a assistência técnica?`,
  ),
  factPassage(
    'pt',
    ['Biblioteca', 'Empréstimos'],
    `
    Cada leitor pode levar até 6 livros. | Quantos livros cada leitor pode levar?
    O empréstimo dura 14 dias. | Quanto tempo dura o empréstimo?
    A multa por atraso é de R$ 0,50 por dia. | Qual é a multa por atraso?
    A sala de leitura comporta 32 pessoas. | Quantas pessoas a sala de leitura comporta?
    Os livros raros ficam no terceiro andar. | Onde ficam os livros raros?`,
  ),
  factPassage(
    'pt',
    ['Sistema de chamados', 'Atendimento'],
    `
    Os chamados urgentes são atendidos em até 2 horas. | Em quanto tempo são atendidos os chamados urgentes?
    O suporte funciona de segunda a sábado. | Quando funciona o suporte?
    O ramal do suporte é o 4410. | Qual é o ramal do suporte?
    O chamado é fechado depois de 10 dias sem resposta. | Quando o chamado é fechado?
    O contrato de suporte vence em 31 de março. | Quando vence o contrato de suporte?`,
  ),
  factPassage(
    'en',
    ['Shipping policy', 'Delivery times'],
    `
    The delivery time for Lisbon is 12 business days. | What is the delivery time for Lisbon?
    Shipping to Toronto costs $31.50. | How much does shipping to Toronto cost?
    Orders over $200 ship for free. | Which orders ship for free?
    The carrier makes three delivery attempts. | How many delivery attempts does the carrier make?
    Lost parcels must be reported within 20 days. | When must lost parcels be reported?`,
  ),
  factPassage(
    'en',
    ['Employee handbook', 'Leave'],
    `
    Vacation must be requested 30 days in advance. | When must vacation be requested?
    Parental leave lasts 16 weeks. | How long does parental leave last?
    The manager approves the vacation requests. | Who approves the vacation requests?
    Employees get 22 vacation days per year. | How many vacation days do employees get per year?
    Sick leave requires a medical certificate. | What does sick leave require?`,
  ),
  factPassage(
    'en',
    ['Dublin office', 'Contacts'],
    `
    The manager of the Dublin office is Laura Quinn. | Who is the manager of the Dublin office?
    The phone number of the Dublin office is 555-0173. | What is the phone number of the Dublin office?
    The Dublin office opens from 9 a.m. to 6 p.m. | What are the opening hours of the Dublin office?
    The Dublin office is located at 14 Mill Street. | Where is the Dublin office located?
    The Dublin office has 48 employees. | How many employees does the Dublin office have?`,
  ),
  factPassage(
    'en',
    ['Expense policy', 'Limits'],
    `
    The hotel limit is $180 per night. | What is the hotel limit per night?
    The meal limit is $45 per day. | What is the meal limit per day?
    Receipts must be sent within 10 days. | When must receipts be sent?
    Alcoholic drinks are not reimbursed. | Are alcoholic drinks reimbursed?
    The finance team reviews the expense reports. | Who reviews the expense reports?`,
  ),
  factPassage(
    'en',
    ['Meeting rooms', 'Rules'],
    `
    The Amber room holds 24 people. | How many people does the Amber room hold?
    Rooms can be reserved for up to 4 hours. | For how long can rooms be reserved?
    The front desk keeps the keys of the rooms. | Who keeps the keys of the rooms?
    The projector is in the Amber room. | Where is the projector?
    Reservations are cancelled after 15 minutes without anyone. | When are reservations cancelled?`,
  ),
];
